using System.Text;

namespace TfFlow.Browser.Tests;

public class CanarySearchTest
{
    [Theory]
    [InlineData("x")]
    [InlineData("xy")]
    [InlineData("xyz")]
    public void A_text_is_found_in_every_form_wherever_it_stands(string before)
    {
        var text = $"{before}Quillfeatherstone and more";
        byte[][] forms =
        [
            Encoding.UTF8.GetBytes(text), Encoding.Unicode.GetBytes(text), Encoding.BigEndianUnicode.GetBytes(text),
            Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(text))),
        ];
        Assert.All(forms, form => Assert.NotEmpty(CanarySearch.In(form, ["Quillfeatherstone"])));
        Assert.Empty(CanarySearch.In(Encoding.UTF8.GetBytes("Quill and feather"), ["Quillfeatherstone"]));
    }
}
