"""The only place that knows OR-Tools: pairs in, a proven plan out."""
