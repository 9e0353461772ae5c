"""The screens: behaviour; widgets draw, `practice.tui.routes` opens them."""
