# Linear layers in float32 on a CPU without a backward pass, by oneDNN: faster than the engine's usual way, most of all where
# there are few rows and reading the weights is all the time.

def unrecorded_linear(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    attributes = annotate(List[Optional[number]], [])
    if torch.numel(b) == 0:
        y = ops.mkldnn._linear_pointwise(x, w, None, "none", attributes, "")
    else:
        y = ops.mkldnn._linear_pointwise(x, w, b, "none", attributes, "")
    return y
