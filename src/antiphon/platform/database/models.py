"""No rows of its own: Django tells only apps with models that a migrate is over."""
