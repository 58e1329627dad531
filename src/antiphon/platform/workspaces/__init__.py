"""Who is who: people who sign in, the organisations they act in, and in which role."""
