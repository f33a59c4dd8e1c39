# Diffusion decoders, the arithmetic of their noise, and chance that is a function of keys. Sizes and coefficients arrive as
# tensors on the CPU, so reading them never waits for a device. Compute types: 6 float32, 15 bfloat16; norms are float32.

def diffusion_conv(self, x: Tensor, w: Tensor, b: Tensor, stride: int, pad: int, dtype: int) -> Tensor:
    if dtype == 6:
        y = torch.conv2d(x, w, b, [stride, stride], [pad, pad])
    else:
        y = torch.conv2d(torch.to(x, dtype), torch.to(w, dtype), torch.to(b, dtype), [stride, stride], [pad, pad])
    return torch.to(y, 6)

def diffusion_residual(self, x: Tensor, e: Tensor, w: List[Tensor], dtype: int) -> Tensor:
    # w: norm (2), 3x3 convolution (2), time layer (2), norm (2), 3x3 convolution (2), 1x1 convolution of the skip (2) or empty
    h = torch.silu(torch.group_norm(x, 32, w[0], w[1], 1e-05))
    h = self.diffusion_conv(h, w[2], w[3], 1, 1, dtype)
    t = torch.to(self.lin(e, w[4], w[5], dtype), 6)
    h = torch.add(h, torch.unsqueeze(torch.unsqueeze(t, -1), -1))
    h = torch.silu(torch.group_norm(h, 32, w[6], w[7], 1e-05))
    h = self.diffusion_conv(h, w[8], w[9], 1, 1, dtype)
    if torch.numel(w[10]) == 0:
        y = torch.add(x, h)
    else:
        y = torch.add(self.diffusion_conv(x, w[10], w[11], 1, 0, dtype), h)
    return y

def diffusion_attention(self, x: Tensor, w: List[Tensor], dtype: int) -> Tensor:
    # One head over all places; w: norm (2), packed q k v (2), projection (2), the last two as convolutions of width 1
    n = torch.transpose(torch.flatten(torch.group_norm(x, 32, w[0], w[1], 1e-05), 2), 1, 2)
    qkv = torch.chunk(self.lin(n, torch.squeeze(w[2], -1), w[3], dtype), 3, -1)
    # q and k scaled by the fourth root of 1 / width each, which is what the fused operator does with their product
    a = torch.scaled_dot_product_attention(torch.unsqueeze(qkv[0], 1), torch.unsqueeze(qkv[1], 1), torch.unsqueeze(qkv[2], 1))
    y = torch.to(self.lin(torch.squeeze(a, 1), torch.squeeze(w[4], -1), w[5], dtype), 6)
    return torch.add(x, torch.reshape(torch.transpose(y, 1, 2), [torch.size(x, 0), torch.size(x, 1), torch.size(x, 2), torch.size(x, 3)]))

def diffusion_walk(self, x: Tensor, kept: List[Tensor], e: Tensor, w: List[Tensor], plan: Tensor, dtype: int) -> Tensor:
    # Follows a plan of steps: 0 keep, 1 join with what was kept last, 2 convolution, 3 halve, 4 double, 5 residual, 6 attention
    h = x
    at = 0
    for i in range(torch.size(plan, 0)):
        step = int(plan[i])
        if step == 0:
            torch.append(kept, h)
        if step == 1:
            h = torch.cat([h, torch.pop(kept, -1)], 1)
        if step == 2:
            h = self.diffusion_conv(h, w[at], w[at + 1], 1, 1, dtype)
            at = at + 2
        if step == 3:
            h = self.diffusion_conv(h, w[at], w[at + 1], 2, 1, dtype)
            at = at + 2
        if step == 4:
            h = torch.upsample_nearest2d(h, [torch.size(h, 2) * 2, torch.size(h, 3) * 2])
            h = self.diffusion_conv(h, w[at], w[at + 1], 1, 1, dtype)
            at = at + 2
        if step == 5:
            h = self.diffusion_residual(h, e, w[at:at + 12], dtype)
            at = at + 12
        if step == 6:
            h = self.diffusion_attention(h, w[at:at + 6], dtype)
            at = at + 6
    return h

def time_features(self, t: Tensor, width: Tensor) -> Tensor:
    # t (batch) to (batch, width): cosines, then sines, of t * 10000^(-k / (width / 2))
    half = int(width) // 2
    k = torch.arange(half, dtype=6, layout=None, device=t.device)
    f = torch.exp(torch.div(torch.mul(k, -9.210340371976184), float(half)))
    a = torch.mul(torch.unsqueeze(torch.to(t, 6), 1), torch.unsqueeze(f, 0))
    return torch.cat([torch.cos(a), torch.sin(a)], 1)

def time_embedding(self, t: Tensor, width: Tensor, w: List[Tensor], dtype: int) -> Tensor:
    y = self.lin(self.time_features(t, width), w[0], w[1], dtype)
    return torch.to(self.lin(torch.silu(y), w[2], w[3], dtype), 6)

def unet(self, x: Tensor, t: Tensor, cond: Tensor, dropped: Tensor, w: List[Tensor], plan: Tensor, cfg: Tensor) -> Tensor:
    # Noisy picture (batch, channels, height, width), time step (batch) and condition (batch, latent, rows, columns) to a
    # picture. dropped (batch, rows, columns), true where the condition is zeroed, or without elements.
    # w: time layers (4), path, norm (2), last convolution (2); cfg: patch, compute type, width of time features
    p = int(cfg[0])
    dtype = int(cfg[1])
    n = torch.len(w)
    h = torch.pixel_unshuffle(x, p)
    c = cond
    if torch.numel(dropped) != 0:
        c = torch.masked_fill(cond, torch.unsqueeze(dropped, 1), 0.0)
    c = torch.upsample_nearest2d(c, [torch.size(h, 2), torch.size(h, 3)])
    e = torch.silu(self.time_embedding(t, cfg[2], w[0:4], dtype))
    kept = annotate(List[Tensor], [])
    h = self.diffusion_walk(torch.cat([h, c], 1), kept, e, w[4:n - 4], plan, dtype)
    h = torch.silu(torch.group_norm(h, 32, w[n - 4], w[n - 3], 1e-05))
    h = self.diffusion_conv(h, w[n - 2], w[n - 1], 1, 1, dtype)
    return torch.pixel_shuffle(h, p)

def keyed_dropout(self, x: Tensor, keys: Tensor, place: int, rate: float) -> Tensor:
    # keys (places) on the CPU, or without elements for no dropout
    if torch.numel(keys) == 0:
        y = x
    else:
        u = self.keyed_uniform(torch.to(torch.reshape(keys[place], [1]), x.device), torch.numel(x))
        keep = torch.to(torch.ge(torch.reshape(u, torch.size(x)), rate), x.dtype)
        y = torch.mul(x, torch.mul(keep, 1.0 / (1.0 - rate)))
    return y

def adaptive_norm(self, x: Tensor, w: Tensor, b: Tensor, shift: Tensor, scale: Tensor) -> Tensor:
    y = self.norm(x, w, b, 1e-05)
    return torch.add(torch.mul(y, torch.add(torch.unsqueeze(scale, 1), 1.0)), torch.unsqueeze(shift, 1))

def uvit_block(self, x: Tensor, e: Tensor, context: Tensor, mask: Tensor, w: List[Tensor], cfg: Tensor, keys: Tensor, place: int, rate: float) -> Tensor:
    # Self-attention, cross-attention (where there is a context) and feed-forward, each with a norm that time shifts and
    # scales and a gate that time opens. w: modulation (2), gates (2), norm1 (2), attention (8), cross norm (2), cross-attention
    # (10), norm2 (2), feed-forward (6)
    crossed = torch.numel(context) != 0
    parts = 2
    if crossed:
        parts = 3
    m = torch.chunk(torch.to(self.lin(e, w[0], w[1], 6), 6), parts * 2, -1)
    g = torch.chunk(torch.to(self.lin(e, w[2], w[3], 6), 6), parts, -1)
    none = torch.empty([0], dtype=6, layout=None, device=x.device)
    y = torch.to(self.self_attention(self.adaptive_norm(x, w[4], w[5], m[0], m[1]), none, w[6:14], cfg), 6)
    h = torch.add(x, torch.mul(torch.unsqueeze(g[0], 1), self.keyed_dropout(y, keys, place, rate)))
    if crossed:
        y = torch.to(self.cross_attention(self.adaptive_norm(h, w[14], w[15], m[2], m[3]), context, mask, w[16:26], cfg), 6)
        h = torch.add(h, torch.mul(torch.unsqueeze(g[1], 1), self.keyed_dropout(y, keys, place + 1, rate)))
    last = parts - 1
    y = self.adaptive_norm(h, w[26], w[27], m[2 * last], m[2 * last + 1])
    y = torch.to(self.feed_forward(y, w[28:34], cfg), 6)
    return torch.add(h, torch.mul(torch.unsqueeze(g[last], 1), self.keyed_dropout(y, keys, place + 2, rate)))

def uvit_condition(self, cond: Tensor, dropped: Tensor, w: List[Tensor], rows: int, columns: int) -> Tensor:
    # Condition (batch, latent, h, w) to (batch, rows * columns, dim); dropped places become the mask token.
    # w: projection (2), mask token (1, 1, dim)
    c = torch.flatten(torch.upsample_nearest2d(cond, [rows, columns]), 2)
    y = torch.linear(torch.transpose(c, 1, 2), w[0], w[1])
    if torch.numel(dropped) != 0:
        d = torch.upsample_nearest2d(torch.to(torch.unsqueeze(dropped, 1), 6), [rows, columns])
        y = torch.where(torch.gt(torch.transpose(torch.flatten(d, 2), 1, 2), 0.5), w[2], y)
    return y

def uvit_middle(self, h: Tensor, e: Tensor, cond: Tensor, dropped: Tensor, w: List[Tensor], cfg: Tensor, block: Tensor, keys: Tensor, rate: Tensor) -> Tensor:
    # w: projection in (2), condition (3), positions (1, dim, rows, columns), projection out (2), blocks (36 each: 34 and the
    # long skip's 2)
    rows = torch.size(h, 2)
    columns = torch.size(h, 3)
    none = torch.empty([0], dtype=6, layout=None, device=h.device)
    x = torch.linear(torch.transpose(torch.flatten(h, 2), 1, 2), w[0], w[1])
    context = none
    mask = none
    if int(cfg[3]) == 0:
        x = torch.add(x, self.uvit_condition(cond, dropped, w[2:5], rows, columns))
        pos = self.position_grid(w[5], rows, columns)
    else:
        context = torch.transpose(torch.flatten(cond, 2), 1, 2)
        if torch.numel(dropped) != 0:
            mask = torch.mul(torch.to(torch.flatten(dropped, 1), 6), -3.4028234663852886e+38)
            mask = torch.unsqueeze(torch.unsqueeze(mask, 1), 1)
        pos = torch.upsample_nearest2d(w[5], [rows, columns])
    x = torch.add(x, torch.transpose(torch.flatten(pos, 2), 1, 2))
    depth = int(block[1])
    kept = annotate(List[Tensor], [])
    for i in range(depth):
        b = w[8 + i * 36:44 + i * 36]
        if torch.numel(b[34]) != 0:
            x = torch.linear(torch.cat([x, torch.pop(kept, -1)], -1), b[34], b[35])
        x = self.uvit_block(x, e, context, mask, b[0:34], block, keys, i * 3, float(rate))
        if int(cfg[4]) == 1:
            if i < depth // 2:
                torch.append(kept, x)
    x = torch.linear(x, w[6], w[7])
    return torch.reshape(torch.transpose(x, 1, 2), [torch.size(x, 0), torch.size(x, 2), rows, columns])

def uvit(self, x: Tensor, t: Tensor, cond: Tensor, dropped: Tensor, down: List[Tensor], middle: List[Tensor], up: List[Tensor], down_plan: Tensor, up_plan: Tensor, cfg: Tensor, block: Tensor, keys: Tensor, rate: Tensor) -> Tensor:
    # As unet, with a transformer in the middle. cfg: patch, compute type, width of time features, 0 for a condition added to
    # the tokens or 1 for cross-attention, 1 for long skips; block: configuration of the transformer's blocks
    p = int(cfg[0])
    dtype = int(cfg[1])
    e = torch.silu(self.time_embedding(t, cfg[2], down[2:6], dtype))
    h = torch.conv2d(x, down[0], down[1], [p, p])
    kept = annotate(List[Tensor], [])
    h = self.diffusion_walk(h, kept, e, down[6:], down_plan, dtype)
    h = self.uvit_middle(h, e, cond, dropped, middle, cfg, block, keys, rate)
    n = torch.len(up)
    h = self.diffusion_walk(h, kept, e, up[0:n - 4], up_plan, dtype)
    h = torch.silu(torch.group_norm(h, 32, up[n - 4], up[n - 3], 1e-05))
    return torch.conv_transpose2d(h, up[n - 2], up[n - 1], [p, p])

def blend(self, x: Tensor, y: Tensor, a: Tensor, b: Tensor) -> Tensor:
    # a * x + b * y with one factor a sample; x and y (batch, channels, height, width), a and b (batch)
    return torch.add(torch.mul(x, torch.reshape(a, [-1, 1, 1, 1])), torch.mul(y, torch.reshape(b, [-1, 1, 1, 1])))

def limit_clean(self, x: Tensor, mode: int, quantile: float, most: float) -> Tensor:
    y = x
    if mode == 1:
        y = torch.clamp(x, -1.0, 1.0)
    if mode == 2:
        if most <= 1.0:
            # The bound lies between 1 and this: no need to look for the quantile.
            y = torch.clamp(x, -1.0, 1.0)
        else:
            q = torch.quantile(torch.abs(torch.flatten(x, 1)), quantile, 1)
            s = torch.reshape(torch.clamp(q, 1.0, most), [-1, 1, 1, 1])
            y = torch.div(torch.minimum(torch.maximum(x, torch.neg(s)), s), s)
    return y

def denoise_step(self, x: Tensor, output: Tensor, noise: Tensor, c: Tensor) -> List[Tensor]:
    # One step of a sampler; returns the less noisy picture and the estimate of the clean one. c (float64):
    #   0, 1 clean estimate from x and output   2 weight of the limited estimate   3, 4 weights of x and output
    #   5 weight of fresh noise   6 limit (0 none, 1 clip, 2 quantile)   7 quantile   8 largest bound
    clean = torch.add(torch.mul(x, float(c[0])), torch.mul(output, float(c[1])))
    clean = self.limit_clean(clean, int(c[6]), float(c[7]), float(c[8]))
    y = torch.add(torch.mul(clean, float(c[2])), torch.mul(x, float(c[3])))
    y = torch.add(y, torch.mul(output, float(c[4])))
    if float(c[5]) != 0.0:
        y = torch.add(y, torch.mul(noise, float(c[5])))
    return [y, clean]

def guide(self, without: Tensor, given: Tensor, c: Tensor) -> Tensor:
    # Classifier-free guidance; c: scale, share of the result that is rescaled to the deviation of the conditional output
    y = torch.add(without, torch.mul(torch.sub(given, without), float(c[0])))
    share = float(c[1])
    if share != 0.0:
        ratio = torch.div(torch.std(given, [1, 2, 3], True, True), torch.std(y, [1, 2, 3], True, True))
        y = torch.add(torch.mul(torch.mul(y, ratio), share), torch.mul(y, 1.0 - share))
    return y

def keyed_uniform(self, keys: Tensor, count: int) -> Tensor:
    # SplitMix64 from each key (rows): float64 numbers in [0, 1), (rows, count). Shifts of signed numbers are masked to be logical.
    i = torch.add(torch.arange(count, dtype=4, layout=None, device=keys.device), 1)
    z = torch.add(torch.unsqueeze(keys, 1), torch.mul(torch.unsqueeze(i, 0), -7046029254386353131))
    z = torch.bitwise_xor(z, torch.bitwise_and(torch.bitwise_right_shift(z, 30), 17179869183))
    z = torch.mul(z, -4658895280553007687)
    z = torch.bitwise_xor(z, torch.bitwise_and(torch.bitwise_right_shift(z, 27), 137438953471))
    z = torch.mul(z, -7723592293110705685)
    z = torch.bitwise_xor(z, torch.bitwise_and(torch.bitwise_right_shift(z, 31), 8589934591))
    z = torch.bitwise_and(torch.bitwise_right_shift(z, 11), 9007199254740991)
    return torch.mul(torch.to(z, 7), 1.1102230246251565e-16)

def keyed_normal(self, keys: Tensor, count: Tensor) -> Tensor:
    # Standard normal numbers (rows, count) after Box and Muller: a row is a function of its key alone.
    n = int(count)
    half = (n + 1) // 2
    u = self.keyed_uniform(keys, half * 2)
    r = torch.sqrt(torch.mul(torch.log(torch.rsub(u[:, 0:half], 1)), -2.0))
    a = torch.mul(u[:, half:], 6.283185307179586)
    z = torch.cat([torch.mul(r, torch.cos(a)), torch.mul(r, torch.sin(a))], 1)
    return torch.contiguous(torch.to(z[:, 0:n], 6))
