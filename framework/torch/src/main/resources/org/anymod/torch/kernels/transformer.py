# Transformer kernels. Weights arrive as flat lists in the order of the constants in TransformerKernel.java; an absent
# bias is a tensor without elements. `cfg` is an int64 tensor on the CPU, so reading it never waits for a device:
#   0 heads   1 layers   2 gated feed-forward   3 activation (0 GELU, 1 SiLU)   4 QK norm   5 compute dtype (6 float32, 15 bfloat16)
#   6 whether linear layers may go by unrecorded_linear: nothing is recorded for a backward pass, in float32, on a CPU

def lin(self, x: Tensor, w: Tensor, b: Tensor, dtype: int) -> Tensor:
    if dtype == 6:
        if torch.numel(b) == 0:
            y = torch.linear(x, w)
        else:
            y = torch.linear(x, w, b)
    else:
        if torch.numel(b) == 0:
            y = torch.linear(torch.to(x, dtype), torch.to(w, dtype))
        else:
            y = torch.linear(torch.to(x, dtype), torch.to(w, dtype), torch.to(b, dtype))
    return y

def single_row(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    # As lin in float32, as product of matrix and vector.
    y = torch.mv(w, torch.reshape(x, [-1]))
    if torch.numel(b) > 0:
        y = torch.add(y, b)
    shape = annotate(List[int], [])
    for i in range(torch.dim(x) - 1):
        _0 = torch.append(shape, 1)
    _1 = torch.append(shape, -1)
    return torch.reshape(y, shape)

def dense(self, x: Tensor, w: Tensor, b: Tensor, cfg: Tensor) -> Tensor:
    if int(cfg[6]) == 1:
        y = self.unrecorded_linear(x, w, b)
    else:
        y = self.lin(x, w, b, int(cfg[5]))
    return y

def norm(self, x: Tensor, w: Tensor, b: Tensor, eps: float) -> Tensor:
    # Statistics in float32 whatever the compute type; an absent bias counts as zero.
    if torch.numel(b) == 0:
        y = torch.layer_norm(torch.to(x, 6), [torch.size(x, -1)], w, None, eps)
    else:
        y = torch.layer_norm(torch.to(x, 6), [torch.size(x, -1)], w, b, eps)
    return y

def weigh(self, q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    # Attention of q (batch, heads, queries, width), of the same shape; mask additive and broadcastable or without elements.
    if torch.numel(mask) == 0:
        y = torch.scaled_dot_product_attention(q, k, v)
    else:
        y = torch.scaled_dot_product_attention(q, k, v, torch.to(mask, q.dtype))
    return y

def attend(self, q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    # As weigh, with the heads put together: (batch, queries, dim).
    y = torch.transpose(self.weigh(q, k, v, mask), 1, 2)
    return torch.reshape(y, [torch.size(y, 0), torch.size(y, 1), -1])

def heads(self, x: Tensor, h: int) -> Tensor:
    # (batch, tokens, dim) to (batch, heads, tokens, dim / heads)
    return torch.transpose(torch.reshape(x, [torch.size(x, 0), torch.size(x, 1), h, -1]), 1, 2)

def self_attention(self, x: Tensor, mask: Tensor, w: List[Tensor], cfg: Tensor) -> Tensor:
    # w: qkv weight, bias, projection weight, bias, q norm weight, bias, k norm weight, bias
    h = int(cfg[0])
    dtype = int(cfg[5])
    qkv = torch.chunk(self.dense(x, w[0], w[1], cfg), 3, -1)
    q = self.heads(qkv[0], h)
    k = self.heads(qkv[1], h)
    if int(cfg[4]) == 1:
        q = torch.to(self.norm(q, w[4], w[5], 1e-06), dtype)
        k = torch.to(self.norm(k, w[6], w[7], 1e-06), dtype)
    y = self.attend(q, k, self.heads(qkv[2], h), mask)
    return self.dense(y, w[2], w[3], cfg)

def cross_attention(self, x: Tensor, context: Tensor, mask: Tensor, w: List[Tensor], cfg: Tensor) -> Tensor:
    # w: q weight, bias, kv weight, bias, projection weight, bias, q norm weight, bias, k norm weight, bias
    h = int(cfg[0])
    dtype = int(cfg[5])
    q = self.heads(self.dense(x, w[0], w[1], cfg), h)
    kv = torch.chunk(self.dense(context, w[2], w[3], cfg), 2, -1)
    k = self.heads(kv[0], h)
    if int(cfg[4]) == 1:
        q = torch.to(self.norm(q, w[6], w[7], 1e-06), dtype)
        k = torch.to(self.norm(k, w[8], w[9], 1e-06), dtype)
    y = self.attend(q, k, self.heads(kv[1], h), mask)
    return self.dense(y, w[4], w[5], cfg)

def feed_forward(self, x: Tensor, w: List[Tensor], cfg: Tensor) -> Tensor:
    # w: fc1 weight, bias, fc3 weight, bias (gated only, else without elements), fc2 weight, bias
    y = self.dense(x, w[0], w[1], cfg)
    if int(cfg[3]) == 1:
        y = torch.silu(y)
    else:
        y = torch.gelu(y)
    if int(cfg[2]) == 1:
        y = torch.mul(y, self.dense(x, w[2], w[3], cfg))
    return self.dense(y, w[4], w[5], cfg)

def residual(self, x: Tensor, y: Tensor, drop: Tensor, branch: int) -> Tensor:
    # drop (branches, batch): 0 where a sample goes without this branch, else what keeps the mean; no elements: all branches count.
    if torch.numel(drop) == 0:
        z = torch.add(x, y)
    else:
        z = torch.add(x, torch.mul(y, torch.reshape(torch.select(drop, 0, branch), [-1, 1, 1])))
    return z

def layer_of(self, drop: Tensor, i: int) -> Tensor:
    # drop (layers, branches, batch) or without elements
    if torch.numel(drop) == 0:
        y = drop
    else:
        y = torch.select(drop, 0, i)
    return y

def mask_in(self, mask: Tensor, dtype: int) -> Tensor:
    # The lowest float32 would round to minus infinity in bfloat16, and a row that is masked as a whole to no number.
    if torch.numel(mask) == 0 or dtype == 6:
        y = mask
    else:
        y = torch.to(torch.clamp(mask, -3.3e+38, None), dtype)
    return y

def encoder_block(self, x: Tensor, mask: Tensor, drop: Tensor, w: List[Tensor], cfg: Tensor) -> Tensor:
    # w: norm1 (2), attention (8), norm2 (2), feed-forward (6)
    x = self.residual(x, self.self_attention(self.norm(x, w[0], w[1], 1e-06), mask, w[2:10], cfg), drop, 0)
    return self.residual(x, self.feed_forward(self.norm(x, w[10], w[11], 1e-06), w[12:18], cfg), drop, 1)

def encoder_stack(self, x: Tensor, mask: Tensor, drop: Tensor, w: List[Tensor], cfg: Tensor) -> Tensor:
    m = self.mask_in(mask, int(cfg[5]))
    for i in range(int(cfg[1])):
        x = self.encoder_block(x, m, self.layer_of(drop, i), w[i * 18:i * 18 + 18], cfg)
    return x

def encoder(self, x: Tensor, mask: Tensor, w: List[Tensor], cfg: Tensor) -> Tensor:
    return self.encoder_stack(x, mask, torch.empty([0], dtype=6, layout=None, device=x.device), w, cfg)

def decoder_block(self, x: Tensor, context: Tensor, mask: Tensor, context_mask: Tensor, drop: Tensor, w: List[Tensor], cfg: Tensor) -> Tensor:
    # w: norm1 (2), self-attention (8), query norm (2), context norm (2), cross-attention (10), norm2 (2), feed-forward (6)
    x = self.residual(x, self.self_attention(self.norm(x, w[0], w[1], 1e-06), mask, w[2:10], cfg), drop, 0)
    q = self.norm(x, w[10], w[11], 1e-06)
    c = self.norm(context, w[12], w[13], 1e-06)
    x = self.residual(x, self.cross_attention(q, c, context_mask, w[14:24], cfg), drop, 1)
    return self.residual(x, self.feed_forward(self.norm(x, w[24], w[25], 1e-06), w[26:32], cfg), drop, 2)

def decoder_stack(self, x: Tensor, context: Tensor, mask: Tensor, context_mask: Tensor, drop: Tensor, w: List[Tensor], cfg: Tensor) -> Tensor:
    m = self.mask_in(mask, int(cfg[5]))
    c = self.mask_in(context_mask, int(cfg[5]))
    for i in range(int(cfg[1])):
        x = self.decoder_block(x, context, m, c, self.layer_of(drop, i), w[i * 32:i * 32 + 32], cfg)
    return x

def layer_norm(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return self.norm(x, w, b, 1e-06)

def linear(self, x: Tensor, w: Tensor, b: Tensor, cfg: Tensor) -> Tensor:
    return torch.to(self.dense(x, w, b, cfg), 6)
