using System.Globalization;
using System.Text;

namespace TfFlow.Linkage.Tests.Population;

/// <summary>What a register holds about one person, after a clerk, a scanner and a caller have had their hands on it.</summary>
internal sealed record Entry(Person Person)
{
    public string Given { get; set; } = "";
    public string Middle { get; set; } = "";
    public string Surname { get; set; } = "";
    public int Year { get; set; }
    public int Month { get; set; }
    public int Day { get; set; }
    public string Sex { get; set; } = "";
    public string Flat { get; set; } = "";
    public string Building { get; set; } = "";
    public string Number { get; set; } = "";
    public string Street { get; set; } = "";
    public string Town { get; set; } = "";
    public string Postcode { get; set; } = "";
    public string Phone { get; set; } = "";
    public string Email { get; set; } = "";
    public string Nhs { get; set; } = "";
    public string Uprn { get; set; } = "";
}

/// <summary>Records people badly: nicknames, slips, scanning errors, swaps, gaps, 1 January.</summary>
internal sealed class Clerk(Random random, double noise)
{
    private static readonly Dictionary<string, string[]> Nicknames = Table("""
        Elizabeth Liz Beth Betty Lizzie; William Will Bill Billy; Robert Rob Bob Bobby; Margaret Maggie Peggy Meg; Thomas Tom Tommy; James Jim Jamie Jimmy; Michael Mike Mick Mickey
        Katherine Kate Katie Kathy; Catherine Kate Cath Cathy; Alexander Alex Sandy; Alexandra Alex Sandra; Joseph Joe Joey; Samuel Sam; Daniel Dan Danny; Matthew Matt; Christopher Chris Kit; Anthony Tony
        Andrew Andy Drew; Edward Ed Ted Eddie; Charles Charlie Chuck; David Dave Davey; Richard Rick Dick Richie; Stephen Steve; Susan Sue Susie; Patricia Pat Trish; Jennifer Jen Jenny; Rebecca Becky Becca
        Victoria Vicky Tori; Jessica Jess Jessie; Abigail Abby; Benjamin Ben; Joshua Josh; Nicholas Nick; Zachary Zach; Frederick Fred Freddie; Henry Harry Hal; Geoffrey Geoff; Gregory Greg; Kenneth Ken; Ronald Ron
        Donald Don; Leonard Len; Raymond Ray; Timothy Tim; Terence Terry; Philip Phil; Deborah Debbie Deb; Pamela Pam; Barbara Barb Babs; Christine Chris Chrissie; Dorothy Dot Dotty; Jacqueline Jackie; Judith Judy
        Samantha Sam; Natasha Tash; Isabella Bella Izzy; Eleanor Ellie Nell; Charlotte Lottie Charlie; Amelia Millie Amy; Emily Em Emmy; Mohammed Mo Mohd; Muhammad Mo; Malgorzata Gosia; Katarzyna Kasia; Agnieszka Aga; Krzysztof Krzys
        Oluwaseun Seun; Babatunde Tunde; Fatima Fati; Abdul Abdi; Theresa Terri Tess; Kathleen Kath Kathy; Valerie Val; Gillian Gill; Frances Fran; Josephine Jo Josie; Peter Pete; Alan Al; Albert Bert; Arthur Art; Harold Harry; Nathaniel Nathan Nat
        """);

    private static readonly Dictionary<string, string[]> Spellings = Table("""
        Mohammed Muhammad Mohamed Mohammad Muhammed; Muhammad Mohammed Mohamed; Ahmed Ahmad Ahmet; Hussain Hussein Husain; Yusuf Yousuf Youssef Yousef; Ayesha Aisha Aysha; Aisha Ayesha Aishah; Fatima Fatimah Fatema; Stephen Steven; Catherine Katherine Kathryn
        Sean Shaun Shawn; Ibrahim Ebrahim; Khadija Khadijah; Zainab Zaynab; Umar Omar; Usman Osman Uthman; Sarah Sara; Ann Anne; Philip Phillip; Geoffrey Jeffrey; Alan Allan; Hannah Hanna; Chaudhry Choudhury Chowdhury; Sheikh Shaikh; Mahmood Mahmoud
        Siobhan Shivaun; Niamh Neve; Rahman Rehman; Begum Begam; Qureshi Kureshi; Abdullahi Abdulahi; Thompson Thomson; Clark Clarke; Davies Davis; Green Greene; Brown Browne; Read Reid; Stewart Stuart; Nicholson Nicolson; Philips Phillips; Moore More
        """);

    private const string Keys = "qwertyuiop asdfghjkl; zxcvbnm,.";

    public Entry Record(Person person, Dwelling home)
    {
        var entry = new Entry(person)
        {
            Given = person.Given,
            Middle = person.Middle,
            Surname = person.Surname,
            Year = person.Born.Year,
            Month = person.Born.Month,
            Day = person.Born.Day,
            Sex = person.Woman ? "F" : "M",
        };
        Names(entry);
        Birth(entry);
        Address(entry, home);
        entry.Phone = Chance(0.35) ? "" : person.Mobile.Length > 0 && random.NextDouble() < 0.7 ? person.Mobile : home.Landline;
        entry.Email = Chance(0.4) ? "" : person.Email;
        entry.Nhs = Chance(0.25) ? "" : Chance(0.01) ? Digit(person.Nhs) : person.Nhs;
        entry.Uprn = Chance(0.2) ? "" : home.Uprn.ToString(CultureInfo.InvariantCulture);
        if (Chance(0.004))
        {
            entry.Sex = entry.Sex == "F" ? "M" : "F";
        }

        if (Chance(0.02))
        {
            entry.Sex = "";
        }

        return entry;
    }

    private void Names(Entry entry)
    {
        if (Chance(0.06) && Nicknames.TryGetValue(Plain(entry.Given), out var short_))
        {
            entry.Given = short_[random.Next(short_.Length)];
        }

        entry.Given = Spelling(entry.Given);
        entry.Surname = Spelling(entry.Surname);
        if (entry.Surname.Contains('-', StringComparison.Ordinal) && Chance(0.25))
        {
            entry.Surname = Chance(0.3) ? entry.Surname.Replace('-', ' ') : entry.Surname.Split('-')[random.Next(2)];
        }

        entry.Given = Chance(0.03) ? Slip(entry.Given) : entry.Given;
        entry.Surname = Chance(0.03) ? Slip(entry.Surname) : entry.Surname;
        if (random.NextDouble() < 0.3)
        {
            entry.Given = Plain(entry.Given);
            entry.Surname = Plain(entry.Surname);
        }

        entry.Middle = random.NextDouble() < 0.3 ? "" : random.NextDouble() < 0.2 && entry.Middle.Length > 0 ? entry.Middle[..1] : Chance(0.03) ? Slip(entry.Middle) : entry.Middle;
        if (Chance(0.008))
        {
            (entry.Given, entry.Surname) = (entry.Surname, entry.Given);
        }
        else if (Chance(0.008) && entry.Middle.Length > 1)
        {
            (entry.Given, entry.Middle) = (entry.Middle, entry.Given);
        }
        else if (Chance(0.012))
        {
            entry.Given = entry.Given[..1];
        }

        entry.Given = Chance(0.008) ? "" : entry.Given;
        entry.Surname = Chance(0.004) ? "" : entry.Surname;
    }

    private void Birth(Entry entry)
    {
        var x = random.NextDouble() / noise;
        if (x < 0.010 && entry.Day <= 12)
        {
            (entry.Day, entry.Month) = (entry.Month, entry.Day);
        }
        else if (x < 0.018)
        {
            entry.Day = Math.Clamp(entry.Day + (random.Next(2) == 0 ? 1 : -1) * (random.Next(3) == 0 ? 10 : 1), 1, 28);
        }
        else if (x < 0.024)
        {
            entry.Year += new[] { -10, 10, -1, 1, 9, -9 }[random.Next(6)];
        }
        else if (x < 0.028)
        {
            entry.Month = 1 + random.Next(12);
        }
        else if (x < 0.034)
        {
            (entry.Day, entry.Month) = (1, 1);
        }
        else if (x < 0.052)
        {
            entry.Year = 0;
        }

        if (entry.Person.Origin is NameOrigin.Somali or NameOrigin.Arabic && entry.Person.Id % 3 == 0)
        {
            (entry.Day, entry.Month) = (1, 1);
        }
    }

    private void Address(Entry entry, Dwelling home)
    {
        entry.Flat = home.Flat == 0 || Chance(0.06) ? "" : home.Flat.ToString(CultureInfo.InvariantCulture);
        entry.Building = Chance(0.3) ? "" : home.Building;
        entry.Number = Chance(0.008) ? "" : Chance(0.008) ? Digit(Text(home.Number)) : Text(home.Number);
        entry.Street = Chance(0.03) ? Slip(home.Street) : home.Street;
        if (random.NextDouble() < 0.35)
        {
            entry.Street = entry.Street.Replace("Street", "St", StringComparison.Ordinal).Replace("Road", "Rd", StringComparison.Ordinal).Replace("Avenue", "Ave", StringComparison.Ordinal).Replace("Crescent", "Cres", StringComparison.Ordinal);
        }

        entry.Town = Chance(0.03) ? "" : Chance(0.01) ? Slip(home.Town) : home.Town;
        entry.Postcode = home.Postcode;
        if (Chance(0.012))
        {
            entry.Postcode = Slip(entry.Postcode);
        }
        else if (random.NextDouble() < 0.2)
        {
            entry.Postcode = entry.Postcode.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        }

        if (Chance(0.012))
        {
            entry.Postcode = "";
        }

        if (Chance(0.008))
        {
            entry.Flat = entry.Building = entry.Number = entry.Street = "";
        }
    }

    private bool Chance(double rate) => random.NextDouble() < rate * noise;

    /// <summary>What a name is called for short, or spelt otherwise, if either is known.</summary>
    public string Short(string name) =>
        Nicknames.TryGetValue(name, out var names) || Spellings.TryGetValue(name, out names) ? names[random.Next(names.Length)] : name;

    private string Spelling(string name) =>
        Chance(0.05) && Spellings.TryGetValue(name, out var others) ? others[random.Next(others.Length)] : name;

    /// <summary>One keying, hearing or scanning error.</summary>
    public string Slip(string text)
    {
        if (text.Length < 2)
        {
            return text;
        }

        var at = random.Next(text.Length);
        switch (random.Next(7))
        {
            case 0:
                return text.Remove(at, 1);
            case 1:
                return text.Insert(at, text[at].ToString());
            case 2 when at + 1 < text.Length:
                return text[..at] + text[at + 1] + text[at] + text[(at + 2)..];
            case 3:
                return text.Insert(at, ((char)('a' + random.Next(26))).ToString());
            case 4:
                return Swap(text, [("ph", "f"), ("f", "ph"), ("ck", "k"), ("ie", "y"), ("y", "ie"), ("ee", "ea"), ("s", "z"), ("c", "k"), ("ou", "oo"), ("th", "t"), ("e", "a"), ("i", "e")]);
            case 5:
                return Swap(text, [("m", "rn"), ("l", "1"), ("o", "0"), ("S", "5"), ("B", "8"), ("cl", "d"), ("u", "v"), ("h", "b"), ("g", "q"), ("i", "l"), ("n", "r")]);
            default:
                var key = Keys.IndexOf(char.ToLowerInvariant(text[at]), StringComparison.Ordinal);
                return key < 0 ? text.Remove(at, 1) : text[..at] + Keys[key == 0 ? 1 : key - 1] + text[(at + 1)..];
        }
    }

    private string Swap(string text, (string From, string To)[] rules)
    {
        var first = random.Next(rules.Length);
        for (var i = 0; i < rules.Length; i++)
        {
            var (from, to) = rules[(first + i) % rules.Length];
            var at = text.IndexOf(from, StringComparison.Ordinal);
            if (at >= 0)
            {
                return text[..at] + to + text[(at + from.Length)..];
            }
        }

        return text;
    }

    private string Digit(string digits)
    {
        var chars = digits.ToCharArray();
        chars[random.Next(chars.Length)] = (char)('0' + random.Next(10));
        return new string(chars);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Plain(string text)
    {
        const string Marked = "łżźćńóśęąŁŻŹĆŃÓŚĘĄșțăâîȘȚĂÂÎıİçÇşŞöÖüÜ";
        const string Bare = "lzzcnoseaLZZCNOSEAstaaiSTAAIiIcCsSoOuU";
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            result.Append(Marked.IndexOf(c, StringComparison.Ordinal) is >= 0 and var at ? Bare[at] : c);
        }

        return result.ToString();
    }

    private static Dictionary<string, string[]> Table(string text) => text
        .Split([';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split(' '))
        .GroupBy(words => words[0], words => words[1..])
        .ToDictionary(g => g.Key, g => g.First());
}
