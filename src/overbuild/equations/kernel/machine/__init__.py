"""Machine code: LLVM assembly as text, compiled by llvmlite and kept on disk."""
