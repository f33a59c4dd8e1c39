# Parts of tensors on their way from and to files. Positions count numbers in row-major order.

def fill_part(self, to: Tensor, values: Tensor, position: Tensor) -> Tensor:
    # Writes values over to from a position on, converted to its type.
    flat = torch.view(to, [-1])
    torch.copy_(torch.narrow(flat, 0, int(position), torch.size(values, 0)), values)
    return values

def part_of(self, x: Tensor, position: Tensor, count: Tensor) -> Tensor:
    return torch.narrow(torch.reshape(x, [-1]), 0, int(position), int(count))

def move_into(self, x: Tensor, buffer: Tensor, position: Tensor) -> Tensor:
    # Makes x live in a buffer from a position on, with the numbers it has. Whoever holds x sees no difference.
    part = torch.view(torch.narrow(buffer, 0, int(position), torch.numel(x)), torch.size(x))
    torch.copy_(part, x)
    torch.set_(x, buffer, int(position), torch.size(part), torch.stride(part))
    return position
