"""Many texts of a group as one."""

from django.db.models import Aggregate, TextField


class Together(Aggregate):
    """The texts of a group with commas between, in no order."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(
            compiler, connection, function="STRING_AGG", template="%(function)s(%(expressions)s, ',')", **context
        )
