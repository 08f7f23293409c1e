"""Six transformer layers whose matrices are multiplied in 8 bits: what the embedder and the mention heads read with."""
