"""GraphQL types of categories with the number of their leads."""

import strawberry

from models.base.keyset import MOST_COUNTED


@strawberry.type(description="A category of leads.")
class LeadCategory:
    """Source: `models.leads.list.CategoryCount`."""

    category: str = strawberry.field(description="The trade or service, as in `Lead.category`.")
    leads: int = strawberry.field(description="Number of open leads that the viewer may see.")


@strawberry.type(description="The categories of open leads.")
class LeadCategories:
    """Source: `models.leads.list.CategoryCounts`."""

    categories: list[LeadCategory] = strawberry.field(
        description="The categories, those with the most leads first."
    )
    exact: bool = strawberry.field(
        name="countsAreExact",
        description=f"Whether the numbers are exact; false if there are more than {MOST_COUNTED:,} open "
        "leads, in which case only the newest are counted.",
    )
