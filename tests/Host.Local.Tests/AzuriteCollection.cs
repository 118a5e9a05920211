using TfFlow.TestKit;

namespace TfFlow.Host.Local.Tests;

[CollectionDefinition(AzuriteFixture.Collection)]
public sealed class AzuriteCollection : ICollectionFixture<AzuriteFixture>;
