# Rows of embedding tables, their places in a batch, and the output head.

def rows(self, table: Tensor, index: Tensor) -> Tensor:
    return torch.embedding(table, index)

def add_rows(self, table: Tensor, index: Tensor, offset: Tensor) -> Tensor:
    # table (rows, dim) at index (count), plus one offset (dim) for all
    return torch.add(torch.embedding(table, index), offset)

def place(self, parts: List[Tensor], slots: List[Tensor], size: Tensor) -> Tensor:
    # Writes the concatenated parts (count, dim) to the given rows of a zero tensor (size, dim).
    x = torch.cat(parts, 0)
    y = torch.zeros([int(size), torch.size(x, 1)], dtype=x.dtype, layout=None, device=x.device)
    return torch.index_copy(y, 0, torch.cat(slots, 0), x)

def head_loss(self, x: Tensor, slots: Tensor, head: Tensor, target: Tensor, cfg: Tensor) -> Tensor:
    # Mean cross-entropy of the rows of x (count, dim) at the given slots.
    y = self.lin(torch.index_select(x, 0, slots), head, torch.empty([0], dtype=6, layout=None, device=x.device), int(cfg[5]))
    return torch.cross_entropy_loss(torch.to(y, 6), target)

def head_logits(self, x: Tensor, slots: Tensor, head: Tensor, cfg: Tensor) -> Tensor:
    y = self.lin(torch.index_select(x, 0, slots), head, torch.empty([0], dtype=6, layout=None, device=x.device), int(cfg[5]))
    return torch.to(y, 6)

def mean_of(self, parts: List[Tensor], divisor: Tensor) -> Tensor:
    # Sum of scalars over a divisor.
    return torch.div(torch.sum(torch.stack(parts)), float(divisor))

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
