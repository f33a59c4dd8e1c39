# AdamW with global-norm clipping over lists of tensors. `hyper` is a float64 tensor on the CPU:
#   0 learning rate   1 beta1   2 beta2   3 weight decay   4 epsilon
# `skip` is a scalar on the device: 1 leaves weights and moments as they are, without a wait for the device.

def grad_norm(self, grads: List[Tensor]) -> Tensor:
    return torch.linalg_vector_norm(torch.stack(torch._foreach_norm(grads)))

def clip(self, grads: List[Tensor], norm: Tensor, limit: Tensor) -> Tensor:
    # Scales by limit / norm where the norm exceeds the limit, with a tensor and not a number: no wait for a device.
    factor = torch.clamp(torch.div(torch.to(limit, norm.device), torch.add(norm, 1e-06)), None, 1.0)
    # On the CPU the factor can be read at once, and multiplying by 1 would only pass through all gradients.
    if factor.is_cuda or float(factor) != 1.0:
        torch._foreach_mul_(grads, factor)
    return factor

def judge(self, norm: Tensor, loss: Tensor, halted: Tensor, limits: Tensor) -> List[Tensor]:
    # limits, float64 on the CPU: 0 norm to skip from, 1 largest loss, 2 whether a fault halts all steps after it.
    # Returns whether to skip, and for the host: norm, loss, fault, skip.
    wrong = torch.logical_not(torch.logical_and(torch.isfinite(norm), torch.isfinite(loss)))
    wrong = torch.to(torch.logical_or(wrong, torch.gt(loss, float(limits[1]))), 6)
    fault = torch.mul(wrong, torch.rsub(halted, 1.0))
    skip = torch.maximum(torch.maximum(wrong, torch.to(torch.ge(norm, float(limits[0])), 6)), halted)
    if float(limits[2]) > 0.5:
        torch.copy_(halted, torch.maximum(halted, wrong))
    return [skip, torch.stack([torch.to(norm, 6), torch.to(loss, 6), fault, skip])]

def adamw(self, params: List[Tensor], grads: List[Tensor], m: List[Tensor], v: List[Tensor], steps: List[Tensor], hyper: Tensor, skip: Tensor) -> Tensor:
    none = annotate(List[Tensor], [])
    torch._foreach_add_(steps, torch.rsub(skip, 1.0))
    torch._fused_adamw_(params, grads, m, v, none, steps, lr=float(hyper[0]), beta1=float(hyper[1]), beta2=float(hyper[2]), weight_decay=float(hyper[3]), eps=float(hyper[4]), amsgrad=False, maximize=False, grad_scale=None, found_inf=skip)
    return hyper

def adamw_rows(self, param: Tensor, grad: Tensor, m: Tensor, v: Tensor, steps: Tensor, rows: Tensor, hyper: Tensor, skip: Tensor) -> Tensor:
    # The given rows of one table (rows, dim) with step counts (rows) of their own; `grad` holds these rows only.
    w0 = torch.index_select(param, 0, rows)
    m0 = torch.index_select(m, 0, rows)
    v0 = torch.index_select(v, 0, rows)
    t0 = torch.index_select(steps, 0, rows)
    t1 = torch.add(t0, 1.0)
    m1 = torch.add(torch.mul(m0, float(hyper[1])), torch.mul(grad, 1.0 - float(hyper[1])))
    v1 = torch.add(torch.mul(v0, float(hyper[2])), torch.mul(torch.mul(grad, grad), 1.0 - float(hyper[2])))
    c1 = torch.unsqueeze(torch.rsub(torch.pow(float(hyper[1]), t1), 1.0), 1)
    c2 = torch.unsqueeze(torch.sqrt(torch.rsub(torch.pow(float(hyper[2]), t1), 1.0)), 1)
    change = torch.div(torch.div(m1, c1), torch.add(torch.div(torch.sqrt(v1), c2), float(hyper[4])))
    w1 = torch.sub(torch.mul(w0, 1.0 - float(hyper[0]) * float(hyper[3])), torch.mul(change, float(hyper[0])))
    keep = torch.gt(skip, 0.5)
    torch.index_copy_(param, 0, rows, torch.where(keep, w0, w1))
    torch.index_copy_(m, 0, rows, torch.where(keep, m0, m1))
    torch.index_copy_(v, 0, rows, torch.where(keep, v0, v1))
    torch.index_copy_(steps, 0, rows, torch.where(keep, t0, t1))
    return rows

def pick_rows(self, table: Tensor, rows: Tensor) -> Tensor:
    return torch.index_select(table, 0, rows)

def put_rows(self, table: Tensor, rows: Tensor, values: Tensor) -> Tensor:
    torch.index_copy_(table, 0, rows, values)
    return rows

def zero_rows(self, table: Tensor, rows: Tensor) -> Tensor:
    torch.index_fill_(table, 0, rows, 0.0)
    return rows

def zero(self, grads: List[Tensor]) -> Tensor:
    torch._foreach_zero_(grads)
    return grads[0]

def zero_sum(self, tensors: List[Tensor]) -> Tensor:
    total = torch.mul(torch.sum(tensors[0]), 0.0)
    for i in range(torch.len(tensors) - 1):
        total = torch.add(total, torch.mul(torch.sum(tensors[i + 1]), 0.0))
    return total

def average(self, averages: List[Tensor], weights: List[Tensor], part: Tensor, skip: Tensor) -> Tensor:
    # Moves each average towards its weight by the given part of the way, and not at all where the step was skipped.
    way = torch.mul(torch.rsub(skip, 1.0), float(part))
    for i in range(torch.len(averages)):
        torch.lerp_(averages[i], weights[i], way)
    return way

def exchange(self, left: List[Tensor], right: List[Tensor]) -> Tensor:
    for i in range(torch.len(left)):
        kept = torch.clone(left[i])
        torch.copy_(left[i], right[i])
        torch.copy_(right[i], kept)
    return left[0]

def weighed_sum(self, parts: List[Tensor], weights: Tensor) -> Tensor:
    # Sum of scalars times weights (parts).
    return torch.sum(torch.mul(torch.stack(parts), weights))

def each_norm(self, tensors: List[Tensor]) -> Tensor:
    return torch.stack(torch._foreach_norm(tensors))
