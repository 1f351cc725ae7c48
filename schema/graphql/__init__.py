"""What every domain of the API stands on: context, scalars, ids, pages, errors, limits, execution."""
