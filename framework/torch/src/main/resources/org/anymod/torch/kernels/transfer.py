# Encoder-only models, their heads, and low-rank adaptation. Sizes arrive as int64 tensors on the CPU.

def low_rank(self, weights: List[Tensor], downs: List[Tensor], ups: List[Tensor], scale: Tensor) -> List[Tensor]:
    # Each weight (out, in) plus scale times up (out, rank) times down (rank, in).
    adapted = annotate(List[Tensor], [])
    for i in range(torch.len(weights)):
        torch.append(adapted, torch.addmm(weights[i], ups[i], downs[i], beta=1, alpha=float(scale)))
    return adapted

def cut_patches(self, x: Tensor, patch: Tensor) -> Tensor:
    # (batch, channels, height, width) to (batch, patches, features): row in patch, column in patch, channel fastest
    p = int(patch)
    b = torch.size(x, 0)
    c = torch.size(x, 1)
    y = torch.reshape(x, [b, c, torch.size(x, 2) // p, p, torch.size(x, 3) // p, p])
    return torch.reshape(torch.permute(y, [0, 2, 4, 3, 5, 1]), [b, -1, p * p * c])

def add_places(self, x: Tensor, places: Tensor, offset: Tensor) -> Tensor:
    # x (batch, tokens, dim) plus what is the same for all samples: places (1, tokens, dim) and offset (1, 1, dim)
    return torch.add(x, torch.add(places, offset))

def prepend(self, first: Tensor, x: Tensor) -> Tensor:
    # first (1, more, dim) before the tokens of each sample
    return torch.cat([torch.expand(first, [torch.size(x, 0), -1, -1]), x], 1)

def mean_tokens(self, x: Tensor, skipped: Tensor) -> Tensor:
    # (batch, tokens, dim) to (batch, dim), without the first tokens
    return torch.mean(x[:, int(skipped):], [1])

def first_token(self, x: Tensor) -> Tensor:
    return torch.select(x, 1, 0)

def attention_pool(self, x: Tensor, query: Tensor, skipped: Tensor) -> Tensor:
    # Mean of the tokens weighed by how well they match a query (1, 1, dim).
    y = x[:, int(skipped):]
    match = torch.mul(torch.matmul(y, torch.reshape(query, [-1])), float(torch.size(x, -1)) ** -0.5)
    return torch.sum(torch.mul(y, torch.unsqueeze(torch.softmax(match, 1), -1)), [1])

def upsample_tokens(self, x: Tensor, sizes: Tensor) -> Tensor:
    # (batch, skipped + rows * columns, classes) to (batch, classes, height, width), bilinear between centres of patches.
    # sizes: skipped, rows, columns, height, width
    y = torch.transpose(x[:, int(sizes[0]):], 1, 2)
    y = torch.reshape(y, [torch.size(y, 0), torch.size(y, 1), int(sizes[1]), int(sizes[2])])
    return torch.upsample_bilinear2d(y, [int(sizes[3]), int(sizes[4])], False)

def resize_places(self, table: Tensor, sizes: Tensor) -> Tensor:
    # (1, rows * columns, dim) to another grid, bicubic (-0.75) between centres. sizes: rows, columns, new rows, new columns
    y = torch.reshape(torch.transpose(table, 1, 2), [1, -1, int(sizes[0]), int(sizes[1])])
    y = torch.upsample_bicubic2d(y, [int(sizes[2]), int(sizes[3])], False)
    return torch.contiguous(torch.transpose(torch.flatten(y, 2), 1, 2))

def product(self, x: Tensor, w: Tensor) -> Tensor:
    # x (rows, inner) times the transpose of w (columns, inner)
    return torch.linear(x, w)
