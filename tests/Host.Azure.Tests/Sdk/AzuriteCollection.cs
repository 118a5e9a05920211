using TfFlow.TestKit;

namespace TfFlow.Host.Azure.Tests.Sdk;

[CollectionDefinition(AzuriteFixture.Collection)]
public sealed class AzuriteCollection : ICollectionFixture<AzuriteFixture>;
