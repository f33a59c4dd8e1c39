# Rows of embedding tables, their places in a batch, and the output head.

def rows(self, table: Tensor, index: Tensor) -> Tensor:
    return torch.embedding(table, index)

def table_rows(self, tables: List[Tensor], index: Tensor, counts: Tensor) -> Tensor:
    # Rows of several tables (.., rows, dim): the first counts[0] numbers of index are rows of the first table, and so on.
    # counts lies on the CPU. Returns (sum of counts, dim).
    parts = annotate(List[Tensor], [])
    at = 0
    for i in range(torch.len(tables)):
        n = int(counts[i])
        table = torch.reshape(tables[i], [-1, torch.size(tables[i], -1)])
        _0 = torch.append(parts, torch.embedding(table, torch.narrow(index, 0, at, n)))
        at = at + n
    return torch.cat(parts, 0)

def table_rows_with_offsets(self, tables: List[Tensor], offsets: List[Tensor], index: Tensor, counts: Tensor) -> Tensor:
    # As table_rows, with one offset (dim) added to all rows of a table.
    parts = annotate(List[Tensor], [])
    at = 0
    for i in range(torch.len(tables)):
        n = int(counts[i])
        table = torch.reshape(tables[i], [-1, torch.size(tables[i], -1)])
        rows = torch.embedding(table, torch.narrow(index, 0, at, n))
        _0 = torch.append(parts, torch.add(rows, torch.reshape(offsets[i], [-1])))
        at = at + n
    return torch.cat(parts, 0)

def add_table_gradients(self, grads: List[Tensor], index: Tensor, counts: Tensor, rows: Tensor) -> Tensor:
    # Gradients of table_rows: touches the rows that were looked up and no others. A table without gradient has one without elements.
    at = 0
    for i in range(torch.len(grads)):
        n = int(counts[i])
        if torch.numel(grads[i]) > 0:
            grad = torch.view(grads[i], [-1, torch.size(rows, 1)])
            where = torch.narrow(index, 0, at, n)
            part = torch.narrow(rows, 0, at, n)
            if grad.is_cuda:
                # Sorted by the engine and therefore the same in every run, which index_add_ is not there.
                indices = annotate(List[Optional[Tensor]], [where])
                _0 = torch.index_put_(grad, indices, part, True)
            else:
                _1 = torch.index_add_(grad, 0, where, part)
        at = at + n
    return rows

def add_offset_gradients(self, grads: List[Tensor], counts: Tensor, rows: Tensor) -> Tensor:
    # Gradients of the offsets of table_rows_with_offsets.
    at = 0
    for i in range(torch.len(grads)):
        n = int(counts[i])
        if torch.numel(grads[i]) > 0:
            _0 = torch.add_(torch.view(grads[i], [-1]), torch.sum(torch.narrow(rows, 0, at, n), [0]))
        at = at + n
    return rows

def join(self, parts: List[Tensor]) -> Tensor:
    return torch.cat(parts, 0)

def repeat_row(self, row: Tensor, count: Tensor) -> Tensor:
    # row (.., dim) to (count, dim)
    return torch.expand(torch.reshape(row, [1, -1]), [int(count), torch.size(row, -1)])

def place(self, x: Tensor, slots: Tensor, size: Tensor) -> Tensor:
    # Writes the rows of x (count, dim) to the given rows of a zero tensor (size, dim).
    y = torch.zeros([int(size), torch.size(x, 1)], dtype=x.dtype, layout=None, device=x.device)
    return torch.index_copy(y, 0, slots, x)

def rows_at(self, x: Tensor, slots: Tensor) -> Tensor:
    # Rows of x (.., dim) seen as (count, dim).
    return torch.index_select(torch.reshape(x, [-1, torch.size(x, -1)]), 0, slots)

def with_first(self, first: Tensor, x: Tensor) -> Tensor:
    # first (1, count, dim) before each sample of x (batch, tokens, dim)
    return torch.cat([torch.expand(first, [torch.size(x, 0), -1, -1]), x], 1)

def prepend_zeros(self, x: Tensor, count: Tensor) -> Tensor:
    return torch.constant_pad_nd(x, [0, 0, int(count), 0], 0)

def head_losses(self, x: Tensor, slots: Tensor, targets: Tensor, counts: Tensor, heads: List[Tensor], cfg: Tensor) -> Tensor:
    # Mean cross-entropy of the rows of x (count, dim) at the slots of each head in turn; (heads).
    # Rows are taken once and split: a selection for each head would cost a tensor of the size of x in the backward pass.
    none = torch.empty([0], dtype=6, layout=None, device=x.device)
    sizes = annotate(List[int], [])
    for i in range(torch.len(heads)):
        _0 = torch.append(sizes, int(counts[i]))
    parts = torch.split_with_sizes(torch.index_select(x, 0, slots), sizes)
    wanted = torch.split_with_sizes(targets, sizes)
    losses = annotate(List[Tensor], [])
    for i in range(torch.len(heads)):
        y = torch.to(self.lin(parts[i], heads[i], none, int(cfg[5])), 6)
        _1 = torch.append(losses, torch.cross_entropy_loss(y, wanted[i]))
    return torch.stack(losses)

def head_backward(self, x: Tensor, g: Tensor, head: Tensor, grad: Tensor, dtype: int) -> Tensor:
    # x (count, dim), g gradient of the logits (count, vocabulary). Adds the head's gradient where it is kept, without a
    # tensor of its size in between, and returns that of x. A head that is not trained has a gradient without elements.
    if dtype == 6:
        if torch.numel(grad) > 0:
            torch.addmm_(grad, torch.t(g), x)
        y = torch.mm(g, head)
    else:
        h = torch.to(g, dtype)
        if torch.numel(grad) > 0:
            torch.add_(grad, torch.mm(torch.t(h), torch.to(x, dtype)))
        y = torch.to(torch.mm(h, torch.to(head, dtype)), 6)
    return y

def head_logit_gradients(self, x: Tensor, slots: Tensor, g: Tensor, head: Tensor, grad: Tensor, cfg: Tensor) -> Tensor:
    # Way back of head_logits: x (slots of the batch, dim); returns the gradient of the rows at the given slots.
    return self.head_backward(torch.index_select(x, 0, slots), g, head, grad, int(cfg[5]))

def head_gradients(self, x: Tensor, slots: Tensor, targets: Tensor, counts: Tensor, heads: List[Tensor], grads: List[Tensor], factors: Tensor, cfg: Tensor) -> List[Tensor]:
    # head_losses and at once their gradients times a factor for each head (heads), head by head, so that there are never
    # logits of more than one. Returns losses (heads) and the gradient of x.
    dtype = int(cfg[5])
    none = torch.empty([0], dtype=6, layout=None, device=x.device)
    rows = torch.index_select(x, 0, slots)
    losses = annotate(List[Tensor], [])
    backs = annotate(List[Tensor], [])
    at = 0
    for i in range(torch.len(heads)):
        n = int(counts[i])
        part = torch.narrow(rows, 0, at, n)
        wanted = torch.unsqueeze(torch.narrow(targets, 0, at, n), 1)
        g = torch.log_softmax(torch.to(self.lin(part, heads[i], none, dtype), 6), 1)
        _0 = torch.append(losses, torch.neg(torch.mean(torch.gather(g, 1, wanted))))
        # Softmax less 1 at the target, divided by the number of targets: the gradient of the mean.
        factor = torch.div(factors[i], n)
        torch.mul_(torch.exp_(g), factor)
        torch.scatter_add_(g, 1, wanted, torch.expand_as(torch.neg(factor), wanted))
        _1 = torch.append(backs, self.head_backward(part, g, heads[i], grads[i], dtype))
        at = at + n
    y = torch.zeros_like(x)
    torch.index_copy_(y, 0, slots, torch.cat(backs, 0))
    return [torch.stack(losses), y]

def part(self, x: Tensor, range: Tensor) -> Tensor:
    # Rows of x from range[0] on, range[1] of them; the range lies on the CPU.
    return torch.narrow(x, 0, int(range[0]), int(range[1]))

def stack_scalars(self, parts: List[Tensor]) -> Tensor:
    return torch.stack(parts)

def weighted_sum(self, x: Tensor, weights: Tensor) -> Tensor:
    return torch.sum(torch.mul(x, weights))

def head_logits(self, x: Tensor, slots: Tensor, head: Tensor, cfg: Tensor) -> Tensor:
    y = self.lin(torch.index_select(x, 0, slots), head, torch.empty([0], dtype=6, layout=None, device=x.device), int(cfg[5]))
    return torch.to(y, 6)

def assign(self, to: Tensor, source: Tensor) -> Tensor:
    torch.copy_(to, source)
    return source

def mse_loss(self, x: Tensor, y: Tensor) -> Tensor:
    return torch.mse_loss(x, y)

def l1_loss(self, x: Tensor, y: Tensor) -> Tensor:
    return torch.l1_loss(x, y)

def smooth_l1_loss(self, x: Tensor, y: Tensor) -> Tensor:
    return torch.smooth_l1_loss(x, y)

def cross_entropy_loss(self, x: Tensor, y: Tensor) -> Tensor:
    return torch.cross_entropy_loss(x, y)

def padding_mask(self, lengths: Tensor, size: Tensor) -> Tensor:
    # lengths (batch) to an additive mask (batch, 1, 1, size): 0 for tokens, the lowest finite number for padding
    n = int(size)
    place = torch.arange(n, dtype=4, layout=None, device=lengths.device)
    padded = torch.ge(torch.unsqueeze(place, 0), torch.unsqueeze(lengths, 1))
    mask = torch.mul(torch.to(padded, 6), -3.4028234663852886e+38)
    return torch.reshape(mask, [-1, 1, 1, n])

def target_mask(self, group: Tensor, end: Tensor) -> Tensor:
    # A slot attends to the slots of its own group that lie before its end. Both (batch, slots); returns (batch, 1, slots, slots).
    n = torch.size(group, 1)
    place = torch.arange(n, dtype=4, layout=None, device=group.device)
    other = torch.ne(torch.unsqueeze(group, 2), torch.unsqueeze(group, 1))
    late = torch.ge(torch.reshape(place, [1, 1, n]), torch.unsqueeze(end, 2))
    mask = torch.mul(torch.to(torch.logical_or(other, late), 6), -3.4028234663852886e+38)
    return torch.unsqueeze(mask, 1)
