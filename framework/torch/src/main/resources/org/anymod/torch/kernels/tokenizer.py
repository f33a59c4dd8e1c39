# Encoders and decoders of tokenizers. Latents between them are (batch, places, width), places in row-major order.

def vit_encode(self, x: Tensor, w: List[Tensor], cfg: Tensor) -> Tensor:
    # Picture (batch, channels, height, width) to features (batch, rows * columns, dim).
    # w: proj weight, bias, position grid (1, dim, rows, columns), norm_mlp (2), post_mlp fc1 (2), fc2 (2), blocks (18 each)
    p = torch.size(w[0], 2)
    y = torch.conv2d(x, w[0], w[1], [p, p])
    y = torch.add(y, self.position_grid(w[2], torch.size(y, 2), torch.size(y, 3)))
    return self.vit_blocks(torch.transpose(torch.flatten(y, 2), 1, 2), w[3:], cfg)

def vit_blocks(self, x: Tensor, w: List[Tensor], cfg: Tensor) -> Tensor:
    # w: norm_mlp (2), post_mlp fc1 (2), fc2 (2), blocks (18 each); the tanh layer in float32 whatever the blocks compute in
    y = torch.to(self.encoder(x, torch.empty([0], dtype=6, layout=None, device=x.device), w[6:], cfg), 6)
    if torch.numel(w[0]) != 0:
        y = torch.add(y, self.tanh_mlp(y, w[0:6]))
    return y

def vit_decode(self, x: Tensor, w: List[Tensor], grid: Tensor, cfg: Tensor) -> Tensor:
    # Features (batch, rows * columns, dim) to a picture (batch, channels, rows * patch, columns * patch).
    # w: position grid, out_proj (2), norm_mlp (2), post_mlp fc1 (2), fc2 (2), blocks (18 each); grid: rows, columns, patch
    rows = int(grid[0])
    columns = int(grid[1])
    p = int(grid[2])
    pos = self.position_grid(w[0], rows, columns)
    y = torch.add(x, torch.transpose(torch.flatten(pos, 2), 1, 2))
    y = torch.linear(self.vit_blocks(y, w[3:], cfg), w[1], w[2])
    # feature index = (channel * p + row in patch) * p + column in patch
    y = torch.reshape(y, [torch.size(y, 0), rows, columns, -1, p, p])
    y = torch.permute(y, [0, 3, 1, 4, 2, 5])
    return torch.reshape(y, [torch.size(y, 0), torch.size(y, 1), rows * p, columns * p])

def position_grid(self, pos: Tensor, rows: int, columns: int) -> Tensor:
    if torch.size(pos, 2) == rows:
        if torch.size(pos, 3) == columns:
            return pos
    return torch.upsample_bicubic2d(pos, [rows, columns], False)

def tanh_mlp(self, x: Tensor, w: List[Tensor]) -> Tensor:
    y = self.norm(x, w[0], w[1], 1e-06)
    return torch.linear(torch.tanh(torch.linear(y, w[2], w[3])), w[4], w[5])

def class_image(self, ids: Tensor, table: Tensor) -> Tensor:
    # Class map (batch, height, width) to channels (batch, width of table, height, width).
    return torch.permute(torch.embedding(table, ids), [0, 3, 1, 2])

def place_linear(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    # A 1x1 convolution (out, in, 1, 1), or a matrix (out, in), at every place of (batch, places, in).
    return torch.linear(torch.to(x, 6), torch.reshape(w, [torch.size(w, 0), -1]), b)

def convnext_block(self, x: Tensor, w: List[Tensor]) -> Tensor:
    # x (batch, channels, height, width); w: gamma, dwconv (2), norm (2), pwconv1 (2), pwconv2 (2)
    c = torch.size(x, 1)
    if c == 1:
        # The norm of a single channel is its bias, whatever the picture: the convolution cannot matter.
        y = torch.reshape(w[4], [1, 1, 1, 1])
    else:
        y = torch.permute(torch.conv2d(x, w[1], w[2], [1, 1], [3, 3], [1, 1], c), [0, 2, 3, 1])
        y = self.norm(y, w[3], w[4], 1e-06)
    y = torch.linear(torch.gelu(torch.linear(y, w[5], w[6])), w[7], w[8])
    return torch.add(x, torch.permute(torch.mul(y, w[0]), [0, 3, 1, 2]))

def mlp_block(self, x: Tensor, w: List[Tensor], dtype: int) -> Tensor:
    # w: norm (2), widening (2), narrowing (2)
    y = self.norm(x, w[0], w[1], 1e-05)
    y = self.lin(torch.gelu(self.lin(y, w[2], w[3], dtype)), w[4], w[5], dtype)
    return torch.add(x, torch.to(y, 6))

def bottleneck_mlp(self, x: Tensor, w: List[Tensor], compute: Tensor) -> Tensor:
    # x (batch, places, in); w: linear_in (2), linear_out (2), blocks (6 each), which alone compute in the given type
    y = torch.linear(torch.to(x, 6), w[0], w[1])
    for i in range((torch.len(w) - 4) // 6):
        y = self.mlp_block(y, w[i * 6 + 4:i * 6 + 10], int(compute))
    return torch.linear(y, w[2], w[3])

def plain_mlp(self, x: Tensor, w: List[Tensor], compute: Tensor) -> Tensor:
    # x (batch, places, in); w: linear_in (2), linear_out (2), layers (4 each: norm, linear). No activation: the norms
    # alone are not linear, as in the published network.
    y = torch.linear(torch.to(x, 6), w[0], w[1])
    for i in range((torch.len(w) - 4) // 4):
        y = self.norm(y, w[i * 4 + 4], w[i * 4 + 5], 1e-05)
        y = torch.to(self.lin(y, w[i * 4 + 6], w[i * 4 + 7], int(compute)), 6)
    return torch.linear(y, w[2], w[3])

def places_first(self, x: Tensor) -> Tensor:
    # (batch, width, places...) to (batch, places, width), or the other way round
    return torch.transpose(torch.flatten(x, 2), 1, 2)

def resize_picture(self, x: Tensor, size: Tensor) -> Tensor:
    # Bilinear with antialiasing, to (rows, columns)
    return torch._upsample_bilinear2d_aa(x, [int(size[0]), int(size[1])], False)

def resize_classes(self, x: Tensor, size: Tensor) -> Tensor:
    # The nearest class of (batch, height, width)
    y = torch.upsample_nearest2d(torch.to(torch.unsqueeze(x, 1), 6), [int(size[0]), int(size[1])])
    return torch.to(torch.squeeze(y, 1), 4)

def channel_spread(self, x: Tensor) -> List[Tensor]:
    # Mean and standard deviation of each channel of x (batch, channels, ...); the deviation is 1 where a channel hardly varies.
    y = torch.flatten(torch.transpose(torch.reshape(x, [torch.size(x, 0), torch.size(x, 1), -1]), 0, 1), 1)
    mean = torch.mean(y, [1])
    deviation = torch.sqrt(torch.mean(torch.square(torch.sub(y, torch.unsqueeze(mean, 1))), [1]))
    return [mean, torch.where(torch.gt(deviation, 1e-4), deviation, torch.ones_like(deviation))]

def of_channels(self, c: Tensor, x: Tensor) -> Tensor:
    # c (channels) in a shape that goes with x (batch, channels, ...)
    y = torch.reshape(c, [1, -1, 1])
    if torch.dim(x) == 4:
        y = torch.unsqueeze(y, 3)
    return y

def standardise_channels(self, x: Tensor, mean: Tensor, deviation: Tensor) -> Tensor:
    # Before anything has been measured the deviation is 0, and x stays.
    d = torch.where(torch.gt(deviation, 0.0), deviation, torch.ones_like(deviation))
    return torch.div(torch.sub(x, self.of_channels(mean, x)), self.of_channels(d, x))

def restore_channels(self, x: Tensor, mean: Tensor, deviation: Tensor) -> Tensor:
    d = torch.where(torch.gt(deviation, 0.0), deviation, torch.ones_like(deviation))
    return torch.add(torch.mul(x, self.of_channels(d, x)), self.of_channels(mean, x))
