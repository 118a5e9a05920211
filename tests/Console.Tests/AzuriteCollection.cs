using TfFlow.TestKit;

namespace TfFlow.WebConsole.Tests;

[CollectionDefinition(AzuriteFixture.Collection)]
public sealed class AzuriteCollection : ICollectionFixture<AzuriteFixture>;
