"""The screens: behaviour; widgets draw, `practice.tui.navigation` opens them."""
