# As linear_onednn.py, for builds of the engine without oneDNN.

def unrecorded_linear(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    # A single row is a product of matrix and vector.
    if torch.numel(x) == torch.size(x, -1):
        y = torch.mv(w, torch.reshape(x, [-1]))
        if torch.numel(b) > 0:
            y = torch.add(y, b)
        shape = annotate(List[int], [])
        for i in range(torch.dim(x) - 1):
            _0 = torch.append(shape, 1)
        _1 = torch.append(shape, -1)
        y = torch.reshape(y, shape)
    else:
        y = self.lin(x, w, b, 6)
    return y
