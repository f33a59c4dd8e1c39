# Vector quantisation. Latents x are (rows, width) of float32 unless said otherwise; a codebook's table is (codes, width).

def unit(self, x: Tensor) -> Tensor:
    return torch.div(x, torch.clamp_min(torch.linalg_vector_norm(x, 2, [-1], True), 1e-12))

def cosine_codes(self, x: Tensor, embed: Tensor) -> Tensor:
    # x (count, width), embed (codes, width); the first of equal maxima
    return torch.argmax(torch.matmul(self.unit(torch.to(x, 6)), torch.t(self.unit(embed))), -1)

def euclidean_codes(self, x: Tensor, embed: Tensor) -> Tensor:
    # |x - e|^2 without the term |x|^2, which is the same for all codes; the first of equal minima
    y = torch.to(x, 6)
    lengths = torch.sum(torch.mul(embed, embed), [1])
    return torch.argmin(torch.sub(lengths, torch.mul(torch.matmul(y, torch.t(embed)), 2.0)), -1)

def straight_through(self, x: Tensor, q: Tensor) -> Tensor:
    return torch.add(x, torch.detach(torch.sub(q, x)))

def commitment(self, x: Tensor, q: Tensor) -> Tensor:
    d = torch.sub(torch.detach(q), x)
    return torch.mean(torch.mul(d, d))

def code_hits(self, codes: Tensor, like: Tensor) -> Tensor:
    # How often each code occurs; like has an element for each code.
    return torch.index_add(torch.zeros_like(like), 0, codes, torch.ones([torch.size(codes, 0)], dtype=6, layout=None, device=codes.device))

def code_sums(self, x: Tensor, codes: Tensor, embed: Tensor, cluster_size: Tensor) -> List[Tensor]:
    # Hits of each code (codes) and the sum of its latents (codes, width), of x (count, width) and codes (count).
    return [self.code_hits(codes, cluster_size), torch.index_add(torch.zeros_like(embed), 0, codes, torch.to(x, 6))]

def direction_sums(self, x: Tensor, codes: Tensor, embed: Tensor, cluster_size: Tensor) -> List[Tensor]:
    # The same of latents taken by direction.
    return self.code_sums(self.unit(torch.to(x, 6)), codes, embed, cluster_size)

def cosine_update(self, embed: Tensor, cluster_size: Tensor, hits: Tensor, sums: Tensor, decay: Tensor) -> Tensor:
    # Moves each code towards the mean direction of its latents; codes without latents keep their direction.
    # embed (codes, width), cluster_size (codes), hits and sums as direction_sums gives them
    d = float(decay)
    mean = self.unit(torch.div(sums, torch.unsqueeze(torch.clamp_min(hits, 1.0), 1)))
    target = torch.where(torch.unsqueeze(torch.gt(hits, 0), 1), mean, self.unit(embed))
    torch.mul_(cluster_size, d)
    torch.add_(cluster_size, hits, alpha=1.0 - d)
    torch.mul_(embed, d)
    torch.add_(embed, target, alpha=1.0 - d)
    return hits

def euclidean_update(self, embed: Tensor, cluster_size: Tensor, embed_avg: Tensor, hits: Tensor, sums: Tensor, decay: Tensor) -> Tensor:
    # Moving averages of counts and sums; the counts are smoothed after Laplace, so that no code divides by zero.
    d = float(decay)
    torch.mul_(cluster_size, d)
    torch.add_(cluster_size, hits, alpha=1.0 - d)
    torch.mul_(embed_avg, d)
    torch.add_(embed_avg, sums, alpha=1.0 - d)
    total = torch.sum(cluster_size)
    smooth = torch.mul(torch.div(torch.add(cluster_size, 1e-05), torch.add(total, 1e-05 * torch.size(embed, 0))), total)
    torch.copy_(embed, torch.div(embed_avg, torch.unsqueeze(smooth, 1)))
    return hits

def unit_rows(self, embed: Tensor) -> Tensor:
    torch.copy_(embed, self.unit(embed))
    return embed

def overwrite_codes(self, table: Tensor, code: Tensor, rows: Tensor) -> Tensor:
    torch.index_copy_(table, 0, code, rows)
    return code

def overwrite_sizes(self, cluster_size: Tensor, code: Tensor, size: Tensor) -> Tensor:
    torch.index_fill_(cluster_size, 0, code, float(size))
    return code

def unit_of(self, x: Tensor) -> Tensor:
    return self.unit(torch.to(x, 6))

def k_means(self, x: Tensor, start: Tensor, cosine: Tensor, rounds: Tensor) -> List[Tensor]:
    # Lloyd's algorithm from the given centres (codes, width); centres without latents stay. In cosine form latents are
    # taken by direction and centres are kept at length 1. Returns centres and the number of latents of each.
    y = torch.to(x, 6)
    c = torch.to(start, 6)
    if int(cosine) == 1:
        y = self.unit(y)
        c = self.unit(c)
    hits = torch.zeros([torch.size(c, 0)], dtype=6, layout=None, device=c.device)
    for i in range(int(rounds)):
        if int(cosine) == 1:
            codes = self.cosine_codes(y, c)
        else:
            codes = self.euclidean_codes(y, c)
        hits = self.code_hits(codes, hits)
        mean = torch.div(torch.index_add(torch.zeros_like(c), 0, codes, y), torch.unsqueeze(torch.clamp_min(hits, 1.0), 1))
        if int(cosine) == 1:
            mean = self.unit(mean)
        c = torch.where(torch.unsqueeze(torch.gt(hits, 0), 1), mean, c)
    return [c, hits]

def split_heads(self, x: Tensor, h: Tensor) -> Tensor:
    # (batch, tokens, heads * width) to (batch, heads, tokens, width)
    return self.heads(x, int(h))

def join_heads(self, x: Tensor) -> Tensor:
    # (batch, heads, tokens, width) to (batch, tokens, heads * width)
    return torch.flatten(torch.transpose(x, 1, 2), 2)

def memory_rows(self, codes: Tensor, matrix: Tensor) -> Tensor:
    # codes (heads, codes, width) times a matrix (heads, width, width) of its head
    return torch.bmm(codes, matrix)

def memory_logits(self, x: Tensor, keys: Tensor) -> Tensor:
    # x (batch, tokens, heads * width), keys (heads, codes, width) to (batch, heads, tokens, codes)
    h = torch.size(keys, 0)
    q = torch.mul(self.heads(torch.to(x, 6), h), torch.size(keys, 2) ** -0.5)
    return torch.matmul(q, torch.unsqueeze(torch.transpose(keys, 1, 2), 0))

def memory_codes(self, x: Tensor, keys: Tensor) -> Tensor:
    return torch.argmax(self.memory_logits(x, keys), -1)

def memory_lookup(self, ids: Tensor, values: Tensor) -> Tensor:
    # ids (batch, heads, tokens), values (heads, codes, width) to (batch, tokens, heads * width)
    h = torch.size(values, 0)
    codes = torch.size(values, 1)
    shift = torch.reshape(torch.mul(torch.arange(h, dtype=4, layout=None, device=ids.device), codes), [1, h, 1])
    return self.join_heads(torch.embedding(torch.reshape(values, [h * codes, -1]), torch.add(ids, shift)))

def memory_train(self, x: Tensor, keys: Tensor, values: Tensor, seed: Tensor, part: Tensor) -> List[Tensor]:
    # Straight-through Gumbel softmax of temperature 1: one code is chosen at random after its probability; gradients
    # flow as if the probabilities had been used; x is so many-th part of a batch. Returns values (batch, tokens, heads * width) and ids (batch, heads, tokens).
    logits = self.memory_logits(x, keys)
    u = torch.reshape(self.uniform_stream(torch.to(seed, logits.device), torch.numel(logits), int(part)), torch.size(logits))
    noise = torch.neg(torch.log(torch.neg(torch.log(u))))
    soft = torch.softmax(torch.add(logits, noise), -1)
    ids = torch.argmax(soft, -1)
    hard = torch.to(torch.one_hot(ids, torch.size(keys, 1)), 6)
    weight = torch.add(soft, torch.detach(torch.sub(hard, soft)))
    return [self.join_heads(torch.matmul(weight, torch.unsqueeze(values, 0))), ids]

def uniform_stream(self, seed: Tensor, count: int, part: int) -> Tensor:
    # Numbers in (0, 1) after SplitMix64 from a seed, one for each place: the same on every device.
    place = torch.add(torch.arange(count, dtype=4, layout=None, device=seed.device), 1 + part * count)
    z = torch.add(torch.mul(place, -7046029254386353131), seed)
    z = torch.mul(torch.bitwise_xor(z, torch.bitwise_and(torch.bitwise_right_shift(z, 30), 17179869183)), -4658895280553007687)
    z = torch.mul(torch.bitwise_xor(z, torch.bitwise_and(torch.bitwise_right_shift(z, 27), 137438953471)), -7723592293110705685)
    z = torch.bitwise_xor(z, torch.bitwise_and(torch.bitwise_right_shift(z, 31), 8589934591))
    z = torch.bitwise_and(torch.bitwise_right_shift(z, 41), 8388607)
    return torch.div(torch.add(torch.to(z, 6), 0.5), 8388608.0)

def scalar_bound(self, x: Tensor, levels: Tensor) -> Tensor:
    # x (..., width) into the open range of its levels (width): tanh(x + shift) * half - offset
    odd = torch.eq(torch.remainder(levels, 2), 1)
    half = torch.mul(torch.sub(torch.to(levels, 6), 1.0), 0.4995)
    offset = torch.where(odd, torch.zeros_like(half), torch.full_like(half, 0.5))
    shift = torch.tan(torch.div(offset, half))
    return torch.sub(torch.mul(torch.tanh(torch.add(torch.to(x, 6), shift)), half), offset)

def scalar_quantize(self, x: Tensor, levels: Tensor) -> List[Tensor]:
    # x (batch, tokens, codebooks * width), levels (width). Returns values of the same shape in [-1, 1], through which
    # gradients flow as if nothing had been rounded, and ids (batch, codebooks, tokens), the first level varying fastest.
    width = torch.size(levels, 0)
    bound = self.scalar_bound(torch.reshape(x, [torch.size(x, 0), torch.size(x, 1), -1, width]), levels)
    whole = torch.add(bound, torch.detach(torch.sub(torch.round(bound), bound)))
    middle = torch.floor_divide(levels, 2)
    digits = torch.add(torch.to(torch.round(torch.detach(bound)), 4), middle)
    ids = torch.sum(torch.mul(digits, self.scalar_basis(levels)), [-1])
    values = torch.flatten(torch.div(whole, torch.to(middle, 6)), 2)
    return [values, torch.transpose(ids, 1, 2)]

def scalar_basis(self, levels: Tensor) -> Tensor:
    return torch.floor_divide(torch.cumprod(levels, 0), levels)

def scalar_lookup(self, ids: Tensor, levels: Tensor) -> Tensor:
    # ids (batch, codebooks, tokens) to values (batch, tokens, codebooks * width)
    rest = torch.floor_divide(torch.unsqueeze(torch.transpose(ids, 1, 2), -1), self.scalar_basis(levels))
    middle = torch.floor_divide(levels, 2)
    digits = torch.sub(torch.remainder(rest, levels), middle)
    return torch.flatten(torch.div(torch.to(digits, 6), torch.to(middle, 6)), 2)
