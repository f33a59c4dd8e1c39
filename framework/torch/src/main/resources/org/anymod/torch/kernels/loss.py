# Losses beyond those of the engine; all return a mean of shape ().

def cosine_of(self, x: Tensor, y: Tensor, axis: int) -> Tensor:
    return torch.cosine_similarity(x, y, axis, 1e-08)

def cosine_loss(self, x: Tensor, y: Tensor) -> Tensor:
    # (batch, channels, ...): each channel is a vector over the places
    return torch.rsub(torch.mean(self.cosine_of(torch.flatten(x, 2), torch.flatten(y, 2), 2)), 1.0)

def cosine_1d_loss(self, x: Tensor, y: Tensor) -> Tensor:
    # (batch, channels, ...): each place is a vector over the channels
    return torch.rsub(torch.mean(self.cosine_of(x, y, 1)), 1.0)

def bce_loss(self, x: Tensor, y: Tensor) -> Tensor:
    # max(x, 0) - x y + log(1 + exp(-|x|)): no overflow for large logits
    soft = torch.log1p(torch.exp(torch.neg(torch.abs(x))))
    return torch.mean(torch.add(torch.sub(torch.clamp_min(x, 0.0), torch.mul(x, y)), soft))

def bce_published_loss(self, x: Tensor, y: Tensor) -> Tensor:
    # Softmax cross-entropy that takes the probabilities p, 1 - p as if they were logits: from 0.3133 to 1.3133
    p = torch.sigmoid(x)
    logs = torch.log_softmax(torch.stack([p, torch.rsub(p, 1.0)], 1), 1)
    return torch.neg(torch.mean(torch.sum(torch.mul(torch.stack([y, torch.rsub(y, 1.0)], 1), logs), [1])))

def feature_input(self, x: Tensor, mean: Tensor, std: Tensor, size: Tensor) -> Tensor:
    # Picture in [-1, 1] as a feature network expects it: in [0, 1], standardised, of the given size if that is not 0.
    y = torch.div(torch.add(x, 1.0), 2.0)
    y = torch.div(torch.sub(y, torch.reshape(mean, [1, -1, 1, 1])), torch.reshape(std, [1, -1, 1, 1]))
    if int(size) != 0:
        y = torch._upsample_bilinear2d_aa(y, [int(size), int(size)], False)
    return y

def feature_axis(self, x: Tensor) -> int:
    # Feature maps (batch, channels, height, width) have their vectors along the channels, all others along the last axis.
    axis = -1
    if torch.dim(x) == 4:
        axis = 1
    return axis

def feature_cosine(self, x: Tensor, y: Tensor) -> Tensor:
    return torch.rsub(torch.mean(self.cosine_of(x, y, self.feature_axis(x))), 1.0)

def feature_l1(self, x: Tensor, y: Tensor) -> Tensor:
    axis = self.feature_axis(x)
    u = torch.div(x, torch.clamp_min(torch.linalg_vector_norm(x, 2, [axis], True), 1e-12))
    v = torch.div(y, torch.clamp_min(torch.linalg_vector_norm(y, 2, [axis], True), 1e-12))
    return torch.mean(torch.abs(torch.sub(u, v)))

def scaled(self, x: Tensor, factor: Tensor) -> Tensor:
    # The factor, on the host, is read as a number: nothing of it is kept for the way back.
    return torch.mul(x, float(factor))
