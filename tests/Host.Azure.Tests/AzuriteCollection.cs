using TfFlow.TestKit;

namespace TfFlow.Host.Azure.Tests;

[CollectionDefinition(AzuriteFixture.Collection)]
public sealed class AzuriteCollection : ICollectionFixture<AzuriteFixture>;
