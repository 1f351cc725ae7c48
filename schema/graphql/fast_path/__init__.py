"""Fast path for GraphQL execution: resolves plain attributes synchronously, else uses graphql-core."""
