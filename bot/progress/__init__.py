"""Progress of a cycle: figures by place, targets, the bulletin, and who is sent it."""
