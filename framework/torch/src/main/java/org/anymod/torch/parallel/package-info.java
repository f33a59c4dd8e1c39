/**
 * Several processes that train one model: what they must agree on (Communicator), how MPI and NCCL
 * carry it, and how gradients and optimiser state are shared. Uses the engine and the package
 * above, which knows nothing of it.
 */
package org.anymod.torch.parallel;
