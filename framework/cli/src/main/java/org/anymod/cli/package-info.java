/** The anymod command. Depends on the host. */
package org.anymod.cli;
