# Decoding while sampling. A batch is split into groups along its first axis: the rows of a group share the number of
# context tokens, so that a pass that hides its conditions does not pay for those of another. A group may have none.

def row_logits(self, x: Tensor, slots: Tensor, head: Tensor, cfg: Tensor) -> Tensor:
    # As head_logits, with nothing recorded: (slots, vocabulary).
    none = torch.empty([0], dtype=6, layout=None, device=x.device)
    y = self.dense(torch.index_select(x, 0, slots), head, none, cfg)
    return torch.to(torch.reshape(y, [-1, torch.size(head, 0)]), 6)

def cross_pair(self, context: Tensor, w: List[Tensor], cfg: Tensor) -> List[Tensor]:
    # Keys and values that one decoder block (w: its 32 weights) makes of a context (batch, tokens, dim): (batch, heads, tokens, width).
    h = int(cfg[0])
    dtype = int(cfg[5])
    if torch.size(context, 1) == 0:
        none = torch.zeros([torch.size(context, 0), h, 0, 1], dtype=dtype, layout=None, device=context.device)
        pair = [none, none]
    else:
        c = self.norm(context, w[12], w[13], 1e-06)
        kv = torch.chunk(self.dense(c, w[16], w[17], cfg), 2, -1)
        k = self.heads(kv[0], h)
        if int(cfg[4]) == 1:
            k = torch.to(self.norm(k, w[22], w[23], 1e-06), dtype)
        pair = [k, self.heads(kv[1], h)]
    return pair

def cross_groups(self, x: Tensor, keys: List[Tensor], values: List[Tensor], masks: List[Tensor], w: List[Tensor], cfg: Tensor) -> Tensor:
    # Cross-attention of one block for x (batch, slots, dim), group by group; zeros before the projection where a group has no context.
    h = int(cfg[0])
    dtype = int(cfg[5])
    q = self.heads(self.dense(self.norm(x, w[10], w[11], 1e-06), w[14], w[15], cfg), h)
    if int(cfg[4]) == 1:
        q = torch.to(self.norm(q, w[20], w[21], 1e-06), dtype)
    parts = annotate(List[Tensor], [])
    at = 0
    for i in range(torch.len(keys)):
        n = torch.size(keys[i], 0)
        if torch.size(keys[i], 2) == 0:
            y = torch.zeros([n, torch.size(x, 1), torch.size(x, 2)], dtype=dtype, layout=None, device=x.device)
        else:
            y = self.attend(torch.narrow(q, 0, at, n), keys[i], values[i], masks[i])
        _0 = torch.append(parts, y)
        at = at + n
    return self.dense(torch.cat(parts, 0), w[18], w[19], cfg)

def masks_in(self, masks: List[Tensor], dtype: int) -> List[Tensor]:
    parts = annotate(List[Tensor], [])
    for i in range(torch.len(masks)):
        _0 = torch.append(parts, self.mask_in(masks[i], dtype))
    return parts

def decode_groups(self, x: Tensor, contexts: List[Tensor], masks: List[Tensor], mask: Tensor, w: List[Tensor], cfg: Tensor) -> Tensor:
    # As decoder_stack without drop path, for x (batch, slots, dim) of groups with contexts of their own. Keys and values of a
    # context live as long as the block that uses them.
    dtype = int(cfg[5])
    m = self.mask_in(mask, dtype)
    c = self.masks_in(masks, dtype)
    for i in range(int(cfg[1])):
        b = w[i * 32:i * 32 + 32]
        x = torch.add(x, self.self_attention(self.norm(x, b[0], b[1], 1e-06), m, b[2:10], cfg))
        keys = annotate(List[Tensor], [])
        values = annotate(List[Tensor], [])
        for j in range(torch.len(contexts)):
            pair = self.cross_pair(contexts[j], b, cfg)
            _0 = torch.append(keys, pair[0])
            _1 = torch.append(values, pair[1])
        x = torch.add(x, self.cross_groups(x, keys, values, c, b, cfg))
        x = torch.add(x, self.feed_forward(self.norm(x, b[24], b[25], 1e-06), b[26:32], cfg))
    return x

def cross_cache(self, context: Tensor, w: List[Tensor], cfg: Tensor) -> List[Tensor]:
    # Keys and values of all blocks, each (layers, batch, heads, tokens, width).
    keys = annotate(List[Tensor], [])
    values = annotate(List[Tensor], [])
    for i in range(int(cfg[1])):
        pair = self.cross_pair(context, w[i * 32:i * 32 + 32], cfg)
        _0 = torch.append(keys, pair[0])
        _1 = torch.append(values, pair[1])
    return [torch.stack(keys), torch.stack(values)]

def cached_mask(self, mask: Tensor, cfg: Tensor) -> Tensor:
    return self.mask_in(mask, int(cfg[5]))

def self_cache(self, sizes: Tensor, like: Tensor, cfg: Tensor) -> Tensor:
    # Room for keys and values of ids to come, (layers, 2, batch, heads, capacity, width). sizes: batch, capacity, dim; on the CPU.
    dtype = int(cfg[5])
    h = int(cfg[0])
    width = int(sizes[2]) // h
    return torch.empty([int(cfg[1]), 2, int(sizes[0]), h, int(sizes[1]), width], dtype=dtype, layout=None, device=like.device)

def attend_groups(self, q: Tensor, keys: List[Tensor], values: List[Tensor], masks: List[Tensor], layer: int) -> Tensor:
    # Attention of single queries q (batch, heads, 1, width) to the cached keys and values of a layer, group by group.
    parts = annotate(List[Tensor], [])
    at = 0
    for j in range(torch.len(keys)):
        k = torch.select(keys[j], 0, layer)
        n = torch.size(k, 0)
        own = torch.narrow(q, 0, at, n)
        if torch.size(k, 2) == 0:
            y = torch.zeros_like(own)
        else:
            y = self.weigh(own, k, torch.select(values[j], 0, layer), masks[j])
        _0 = torch.append(parts, y)
        at = at + n
    if at == torch.size(parts[0], 0):
        z = parts[0]
    else:
        z = torch.cat(parts, 0)
    return z

def decode_next(self, ids: Tensor, place: Tensor, tables: List[Tensor], cache: Tensor, keys: List[Tensor], values: List[Tensor], masks: List[Tensor], w: List[Tensor], cfg: Tensor) -> Tensor:
    # Decoder output after one more id in each row, normalised: (batch, dim). ids (batch); place: ids before this one, and the row
    # of the position table; on the CPU. tables: tokens, positions, modality, weight and bias of the last norm. Writes to cache.
    # Written out, as with small models the number of calls is what it costs; a tensor has no axis of tokens, since there is one.
    h = int(cfg[0])
    silu = int(cfg[3]) == 1
    gated = int(cfg[2]) == 1
    normed = int(cfg[4]) == 1
    dtype = int(cfg[5])
    n = int(place[0])
    x = torch.embedding(tables[0], ids)
    batch = torch.size(x, 0)
    dim = torch.size(x, 1)
    position = torch.select(torch.reshape(tables[1], [-1, dim]), 0, int(place[1]))
    x = torch.add(x, torch.add(position, torch.reshape(tables[2], [-1])))
    rooms = torch.unbind(torch.narrow(cache, 4, n, 1), 0)
    seen = torch.unbind(torch.narrow(cache, 4, 0, n + 1), 0)
    for i in range(int(cfg[1])):
        b = i * 32
        qkv = torch.unbind(torch.reshape(self.dense(self.norm(x, w[b], w[b + 1], 1e-06), w[b + 2], w[b + 3], cfg), [batch, 3, h, 1, -1]), 1)
        q = qkv[0]
        k = qkv[1]
        if normed:
            q = torch.to(self.norm(q, w[b + 6], w[b + 7], 1e-06), dtype)
            k = torch.to(self.norm(k, w[b + 8], w[b + 9], 1e-06), dtype)
        room = torch.unbind(rooms[i], 0)
        torch.copy_(room[0], k)
        torch.copy_(room[1], qkv[2])
        own = torch.unbind(seen[i], 0)
        y = torch.scaled_dot_product_attention(q, own[0], own[1])
        x = torch.add(x, self.dense(torch.reshape(y, [batch, dim]), w[b + 4], w[b + 5], cfg))
        q = torch.reshape(self.dense(self.norm(x, w[b + 10], w[b + 11], 1e-06), w[b + 14], w[b + 15], cfg), [batch, h, 1, -1])
        if normed:
            q = torch.to(self.norm(q, w[b + 20], w[b + 21], 1e-06), dtype)
        y = self.attend_groups(q, keys, values, masks, i)
        x = torch.add(x, self.dense(torch.reshape(y, [batch, dim]), w[b + 18], w[b + 19], cfg))
        y = self.norm(x, w[b + 24], w[b + 25], 1e-06)
        f = self.dense(y, w[b + 26], w[b + 27], cfg)
        if silu:
            f = torch.silu(f)
        else:
            f = torch.gelu(f)
        if gated:
            f = torch.mul(f, self.dense(y, w[b + 28], w[b + 29], cfg))
        x = torch.add(x, self.dense(f, w[b + 30], w[b + 31], cfg))
    return self.norm(x, tables[3], tables[4], 1e-06)

def select_along(self, x: Tensor, axis: Tensor, index: Tensor) -> Tensor:
    # Places of one axis; axis lies on the CPU.
    return torch.index_select(x, int(axis), index)

def guided(self, x: Tensor, weights: Tensor, hidden: Tensor) -> Tensor:
    # Classifier-free guidance. x (passes * rows, vocabulary), pass after pass: one for each weight (count, 1, 1), then, if hidden,
    # which lies on the CPU, is 1, the one without conditions. Returns (rows, vocabulary).
    k = torch.size(weights, 0)
    p = torch.reshape(x, [k + int(hidden), -1, torch.size(x, 1)])
    shown = torch.narrow(p, 0, 0, k)
    if int(hidden) == 1:
        u = torch.select(p, 0, k)
        y = torch.add(u, torch.sum(torch.mul(torch.sub(shown, u), weights), [0]))
    else:
        y = torch.sum(torch.mul(shown, weights), [0])
    return y
