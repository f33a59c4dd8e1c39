# What goes into a network that labels pictures, and what comes out of it.

def label_input(self, x: Tensor, mean: Tensor, std: Tensor, form: Tensor) -> Tensor:
    # x (1, channels, height, width) in [0, 1]; mean and std a number for each channel or for all; form (int64): side of the
    # square that x is resized to, 0 to leave it, and the filter: 0 nearest, 1 bilinear, 2 bicubic, the last two antialiased.
    side = int(form[0])
    y = x
    if side != 0:
        if int(form[1]) == 0:
            y = torch.upsample_nearest2d(x, [side, side])
        if int(form[1]) == 1:
            y = torch._upsample_bilinear2d_aa(x, [side, side], False)
        if int(form[1]) == 2:
            y = torch.clamp(torch._upsample_bicubic2d_aa(x, [side, side], False), 0.0, 1.0)
    return torch.div(torch.sub(y, torch.reshape(mean, [1, -1, 1, 1])), torch.reshape(std, [1, -1, 1, 1]))

def label_output(self, x: Tensor, form: Tensor) -> Tensor:
    # x (1, channels, ...); form (float64): activation (0 none, 1 sigmoid, 2 softmax, 3 length 1, the last two along the
    # channels), scale, offset, 1 to stretch all numbers to [0, 1] in the end.
    y = torch.to(x, 6)
    if int(form[0]) == 1:
        y = torch.sigmoid(y)
    if int(form[0]) == 2:
        y = torch.softmax(y, 1)
    if int(form[0]) == 3:
        y = torch.div(y, torch.clamp_min(torch.linalg_vector_norm(y, 2, [1], True), 1e-12))
    y = torch.add(torch.mul(y, float(form[1])), float(form[2]))
    if int(form[3]) == 1:
        low = torch.min(y)
        y = torch.div(torch.sub(y, low), torch.clamp_min(torch.sub(torch.max(y), low), 1e-12))
    return y
