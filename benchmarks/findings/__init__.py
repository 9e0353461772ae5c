"""How well everything in `practice.delivery` finds what people labelled: one table per detector."""
