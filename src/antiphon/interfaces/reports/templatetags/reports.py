"""What a page must know of a chart to draw it."""

from django import template

from antiphon.platform.charts import Chart

register = template.Library()


@register.filter
def shape(chart: Chart) -> str:
    """The kind of a chart."""
    return type(chart).__name__
