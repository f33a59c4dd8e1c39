# Linear layers in float32 on a CPU without a backward pass, by oneDNN: faster than the engine's usual way, most of all where
# there are few rows and reading the weights is all the time. The bounds are measured ones.

def unrecorded_linear(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    rows = torch.numel(x) // torch.size(x, -1)
    if rows == 1 and torch.numel(w) < 1048576:
        # What a call costs counts for more than how it computes.
        y = self.single_row(x, w, b)
    else:
        if rows >= 16 and torch.size(w, 0) < torch.size(w, 1):
            # Layers that narrow are oneDNN's weak side.
            y = self.lin(x, w, b, 6)
        else:
            attributes = annotate(List[Optional[number]], [])
            if torch.numel(b) == 0:
                y = ops.mkldnn._linear_pointwise(x, w, None, "none", attributes, "")
            else:
                y = ops.mkldnn._linear_pointwise(x, w, b, "none", attributes, "")
    return y
