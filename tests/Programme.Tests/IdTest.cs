using System.Text.Json;
using TfFlow.Programme.Agreements;

namespace TfFlow.Programme.Tests;

public sealed class IdTest
{
    [Fact]
    public void An_id_is_its_text_in_documents_as_a_value_and_as_a_name()
    {
        var known = new Dictionary<Id<Party>, Id<Exchange>> { ["police"] = "police-asb" };
        var written = JsonSerializer.Serialize(known);

        Assert.Equal("""{"police":"police-asb"}""", written);
        Assert.Equal(known, JsonSerializer.Deserialize<Dictionary<Id<Party>, Id<Exchange>>>(written));
    }

    [Fact]
    public void None_is_empty_however_it_came()
    {
        Assert.Equal(default, new Id<Party>(""));
        Assert.Equal("", default(Id<Party>));
        Assert.Equal("", JsonSerializer.Deserialize<Id<Party>>("null").Text);
    }

    [Fact]
    public void Ids_are_in_the_same_order_everywhere() =>
        Assert.Equal(["", "B", "a", "b", "é"], new Id<Party>[] { "b", "é", "", "B", "a" }.Order().Select(id => id.Text));
}
