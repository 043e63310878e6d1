"""Reports to print and to hand round: one self-contained HTML file each, that asks for nothing and runs nothing."""
