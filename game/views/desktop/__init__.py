"""The game in a window: a pygame reader of the screens. Nothing outside this folder imports pygame."""
