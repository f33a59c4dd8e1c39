# Vector quantisation with an exponential moving average codebook, compared by cosine.

def unit(self, x: Tensor) -> Tensor:
    return torch.div(x, torch.clamp_min(torch.linalg_vector_norm(x, 2, [-1], True), 1e-12))

def cosine_codes(self, x: Tensor, embed: Tensor) -> Tensor:
    # x (count, width), embed (codes, width); the first of equal maxima
    return torch.argmax(torch.matmul(self.unit(torch.to(x, 6)), torch.t(self.unit(embed))), -1)

def straight_through(self, x: Tensor, q: Tensor) -> Tensor:
    return torch.add(x, torch.detach(torch.sub(q, x)))

def commitment(self, x: Tensor, q: Tensor) -> Tensor:
    d = torch.sub(torch.detach(q), x)
    return torch.mean(torch.mul(d, d))

def ema_update(self, embed: Tensor, cluster_size: Tensor, x: Tensor, codes: Tensor, decay: Tensor) -> Tensor:
    # Moves each code towards the mean direction of its latents; codes without latents keep their direction.
    # Returns the hits of each code. embed (codes, width), cluster_size (codes), x (count, width), codes (count)
    d = float(decay)
    u = self.unit(torch.to(x, 6))
    hits = torch.zeros_like(cluster_size)
    hits = torch.index_add(hits, 0, codes, torch.ones_like(torch.select(u, 1, 0)))
    sums = torch.index_add(torch.zeros_like(embed), 0, codes, u)
    mean = self.unit(torch.div(sums, torch.unsqueeze(torch.clamp_min(hits, 1.0), 1)))
    target = torch.where(torch.unsqueeze(torch.gt(hits, 0), 1), mean, self.unit(embed))
    torch.mul_(cluster_size, d)
    torch.add_(cluster_size, hits, alpha=1.0 - d)
    torch.mul_(embed, d)
    torch.add_(embed, target, alpha=1.0 - d)
    return hits

def reseed(self, embed: Tensor, cluster_size: Tensor, x: Tensor, code: Tensor, row: Tensor, size: Tensor) -> Tensor:
    # Overwrites the named codes with the directions of the named latents and gives them a size to live on.
    u = self.unit(torch.index_select(torch.to(x, 6), 0, row))
    torch.index_copy_(embed, 0, code, u)
    torch.index_fill_(cluster_size, 0, code, float(size))
    return code

def vit_encode(self, x: Tensor, w: List[Tensor], cfg: Tensor) -> Tensor:
    # Picture (batch, channels, height, width) to latents (batch, rows * columns, latent width).
    # w: proj weight, bias, position grid (1, dim, rows, columns), norm_mlp (2), post_mlp fc1 (2), fc2 (2), quant_proj (2), blocks (18 each)
    p = torch.size(w[0], 2)
    y = torch.conv2d(x, w[0], w[1], [p, p])
    y = torch.add(y, self.position_grid(w[2], torch.size(y, 2), torch.size(y, 3)))
    y = torch.transpose(torch.flatten(y, 2), 1, 2)
    y = self.encoder(y, torch.empty([0], dtype=6, layout=None, device=x.device), w[11:], cfg)
    if torch.numel(w[3]) != 0:
        y = torch.add(torch.to(y, 6), self.tanh_mlp(torch.to(y, 6), w[3:9]))
    q = torch.reshape(w[9], [torch.size(w[9], 0), -1])
    return torch.linear(torch.to(y, 6), q, w[10])

def vit_decode(self, z: Tensor, w: List[Tensor], grid: Tensor, cfg: Tensor) -> Tensor:
    # Latents (batch, rows * columns, latent width) to a picture (batch, channels, height, width).
    # w: post_quant_proj (2), position grid, norm_mlp (2), post_mlp fc1 (2), fc2 (2), out_proj (2), blocks (18 each); grid: rows, columns, patch
    rows = int(grid[0])
    columns = int(grid[1])
    p = int(grid[2])
    y = torch.linear(z, torch.reshape(w[0], [torch.size(w[0], 0), -1]), w[1])
    pos = self.position_grid(w[2], rows, columns)
    y = torch.add(y, torch.transpose(torch.flatten(pos, 2), 1, 2))
    y = self.encoder(y, torch.empty([0], dtype=6, layout=None, device=z.device), w[11:], cfg)
    if torch.numel(w[3]) != 0:
        y = torch.add(torch.to(y, 6), self.tanh_mlp(torch.to(y, 6), w[3:9]))
    y = torch.linear(torch.to(y, 6), w[9], w[10])
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
