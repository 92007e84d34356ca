"""Questions with the answers they should get, and how many do. `script/eval` prints the table."""
