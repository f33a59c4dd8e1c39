# Parts of tensors on their way from and to files. Positions count numbers in row-major order.

def fill_part(self, to: Tensor, values: Tensor, position: Tensor) -> Tensor:
    # Writes values over to from a position on, converted to its type.
    flat = torch.view(to, [-1])
    torch.copy_(torch.narrow(flat, 0, int(position), torch.size(values, 0)), values)
    return values

def part_of(self, x: Tensor, position: Tensor, count: Tensor) -> Tensor:
    return torch.narrow(torch.reshape(x, [-1]), 0, int(position), int(count))
