"""Questions answered with insights, each weighed with a disposition and a reason."""
