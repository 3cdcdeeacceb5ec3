"""One reply in, the next state and the events out: what an interview does with what people say."""
