# AdamW with global-norm clipping over lists of tensors. `hyper` is a float64 tensor on the CPU:
#   0 learning rate   1 beta1   2 beta2   3 weight decay   4 epsilon

def grad_norm(self, grads: List[Tensor]) -> Tensor:
    return torch.linalg_vector_norm(torch.stack(torch._foreach_norm(grads)))

def clip(self, grads: List[Tensor], norm: Tensor, limit: Tensor) -> Tensor:
    # Scales by limit / norm where the norm exceeds the limit, with a tensor and not a number: no wait for a device.
    factor = torch.clamp(torch.div(torch.to(limit, norm.device), torch.add(norm, 1e-06)), None, 1.0)
    torch._foreach_mul_(grads, factor)
    return factor

def adamw(self, params: List[Tensor], grads: List[Tensor], m: List[Tensor], v: List[Tensor], steps: List[Tensor], hyper: Tensor) -> Tensor:
    none = annotate(List[Tensor], [])
    torch._fused_adamw_(params, grads, m, v, none, steps, lr=float(hyper[0]), beta1=float(hyper[1]), beta2=float(hyper[2]), weight_decay=float(hyper[3]), eps=float(hyper[4]), amsgrad=False, maximize=False)
    return hyper

def zero(self, grads: List[Tensor]) -> Tensor:
    torch._foreach_zero_(grads)
    return grads[0]

def add_ones(self, tensors: List[Tensor], one: Tensor) -> Tensor:
    torch._foreach_add_(tensors, one)
    return one

def zero_sum(self, tensors: List[Tensor]) -> Tensor:
    total = torch.mul(torch.sum(tensors[0]), 0.0)
    for i in range(torch.len(tensors) - 1):
        total = torch.add(total, torch.mul(torch.sum(tensors[i + 1]), 0.0))
    return total
