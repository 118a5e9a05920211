using TfFlow.TestKit;

namespace TfFlow.Lifecycle.Tests;

[CollectionDefinition(AzuriteFixture.Collection)]
public sealed class AzuriteCollection : ICollectionFixture<AzuriteFixture>;
