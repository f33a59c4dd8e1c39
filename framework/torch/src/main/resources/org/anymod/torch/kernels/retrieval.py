# Search for the rows of a table that are most similar to others.

def gallery_scores(self, queries: Tensor, rows: Tensor, squares: Tensor) -> Tensor:
    # queries (count, width), rows (n, width), squares (n) the squared lengths of the rows, or no elements. Returns (count, n):
    # products, or negative squared distances where squares are given.
    y = torch.mm(queries, torch.t(rows))
    if torch.numel(squares) > 0:
        own = torch.sum(torch.mul(queries, queries), [1], True)
        y = torch.sub(torch.sub(torch.mul(y, 2), own), torch.unsqueeze(squares, 0))
    return y

def gallery_top(self, queries: Tensor, rows: Tensor, squares: Tensor, count: Tensor) -> List[Tensor]:
    # The highest scores of each query, descending, and the numbers of their rows (int64); both (queries, count).
    values, places = torch.topk(self.gallery_scores(queries, rows, squares), int(count), 1, True, True)
    return [values, places]
