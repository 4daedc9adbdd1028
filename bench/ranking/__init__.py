"""How good the order of results is, judged against what people would put first."""
