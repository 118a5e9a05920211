using System.Text;

namespace TfFlow.Linkage;

/// <summary>What columns mean, from their headers and, where a header says nothing, from what they hold.</summary>
/// <remarks>
/// A header that speaks of another person, of a household's number or of an answer (cluster, truth, entity) is never compared,
/// so that linkage cannot lean on what it is measured by.
/// </remarks>
internal static class ColumnInference
{
    private static readonly (ColumnRole Role, string[] Headers)[] Known =
    [
        (ColumnRole.GivenName, ["givenname", "givennames", "given", "firstname", "firstnames", "first", "forename", "forenames", "fname", "christianname", "namefirst", "forename1", "firstgivenname", "preferredname", "knownas"]),
        (ColumnRole.MiddleName, ["middlename", "middlenames", "middle", "middleinitial", "middleinitials", "forename2", "forename3", "secondname", "secondforename", "othernames", "othername", "otherforenames", "mname", "additionalnames"]),
        (ColumnRole.Surname, ["surname", "lastname", "last", "familyname", "family", "lname", "sname", "secondsurname", "namelast", "surnames", "currentsurname"]),
        (ColumnRole.PreviousSurname, ["previoussurname", "maidenname", "maiden", "birthsurname", "formersurname", "formername", "previouslastname", "surnameatbirth", "prevsurname", "oldsurname", "aliassurname"]),
        (ColumnRole.FullName, ["name", "fullname", "personname", "wholename", "completename", "clientname", "childname", "pupilname", "patientname", "tenantname", "residentname"]),
        (ColumnRole.Title, ["title", "salutation", "nametitle", "honorific"]),
        (ColumnRole.BirthDate, ["dob", "dateofbirth", "birthdate", "birthday", "bornon", "born", "datebirth", "dobdate", "birthdt", "dtofbirth"]),
        (ColumnRole.BirthDay, ["dobday", "birthdayofmonth", "dayofbirth", "dobdd", "bday"]),
        (ColumnRole.BirthMonth, ["dobmonth", "birthmonth", "monthofbirth", "dobmm", "bmonth"]),
        (ColumnRole.BirthYear, ["dobyear", "birthyear", "yearofbirth", "yob", "dobyyyy", "byear"]),
        (ColumnRole.Sex, ["sex", "gender", "sexcode", "gendercode", "sexatbirth", "legalsex", "genderidentity"]),
        (ColumnRole.Address, ["address", "fulladdress", "addr", "homeaddress", "currentaddress", "residentialaddress", "postaladdress", "addressline", "line1", "line2", "line3", "line4", "propertyaddress", "addressfull", "add1", "add2", "add3", "locationaddress"]),
        (ColumnRole.Flat, ["flat", "flatnumber", "flatno", "apartment", "unit", "unitnumber", "saon", "subbuilding", "subbuildingname", "apt"]),
        (ColumnRole.HouseNumber, ["housenumber", "houseno", "streetnumber", "streetno", "buildingnumber", "housenum", "streetnum", "number", "houseno", "house", "housename", "housenameornumber", "housenumberorname", "housenamenumber", "paon", "propertynumber", "buildingname", "building", "doornumber"]),
        (ColumnRole.Street, ["street", "streetname", "road", "roadname", "thoroughfare", "streetaddress", "streetdescription"]),
        (ColumnRole.Town, ["town", "city", "suburb", "posttown", "towncity", "townorcity", "locality", "village", "municipality", "addresstown", "place", "district"]),
        (ColumnRole.County, ["county", "state", "region", "province", "localauthority", "borough"]),
        (ColumnRole.Postcode, ["postcode", "postalcode", "zip", "zipcode", "pcode", "pc", "pcd", "pcds", "post"]),
        (ColumnRole.Uprn, ["uprn", "propertyreference", "uniquepropertyreferencenumber"]),
        (ColumnRole.Phone, ["phone", "telephone", "mobile", "phonenumber", "tel", "telno", "telephonenumber", "mobilenumber", "mobilephone", "contactnumber", "landline", "cell", "cellphone", "homephone", "phoneno", "mobileno", "homephonenumber", "contacttelephone", "telephoneno", "contactphone"]),
        (ColumnRole.Email, ["email", "emailaddress", "mail", "contactemail", "emailaddr"]),
        (ColumnRole.NhsNumber, ["nhsnumber", "nhsno", "nhs", "nhsnum", "nhsid"]),
        (ColumnRole.BirthPlace, ["birthplace", "placeofbirth", "townofbirth", "birthtown", "cityofbirth", "birthcity", "countryofbirth", "birthcountry", "countyofbirth", "birthcounty", "pob"]),
        (ColumnRole.Occupation, ["occupation", "profession", "trade"]),
        (ColumnRole.Nino, ["nino", "ninumber", "nationalinsurance", "nationalinsurancenumber", "nino", "nationalinsuranceno"]),
        (ColumnRole.Upn, ["upn", "uniquepupilnumber", "pupilnumber"]),
        (ColumnRole.OtherNumber, ["socsecid", "ssn", "socialsecurity", "socialsecuritynumber", "socsec", "passportnumber", "passportno", "drivinglicence", "drivinglicencenumber", "driverslicense", "nationalid", "itin", "uln"]),
    ];

    /// <summary>Words that make a column someone else's, a group's or an answer.</summary>
    private static readonly HashSet<string> Barred = new(StringComparer.Ordinal)
    {
        "household", "hh", "hhid", "familyid", "cluster", "truth", "true", "label", "entity", "match", "matched", "group", "gold", "duplicate", "dup", "simulant",
        "mother", "father", "parent", "guardian", "partner", "spouse", "carer", "emergency", "kin", "nok", "gp", "doctor", "school", "employer", "landlord",
        "worker", "copy", "index", "created", "updated", "modified", "source", "dataset", "file", "snapshot", "work", "office", "death", "died", "dod",
        "start", "end", "registration", "registered", "referral", "extract",
    };

    private static readonly string[] IdHeaders =
        ["id", "recid", "recordid", "uniqueid", "rowid", "recordref", "ref", "reference", "recordnumber", "recno", "uid", "rowno", "rownumber", "personid", "clientid", "caseid"];

    private static readonly HashSet<string> Prefixes = new(StringComparer.Ordinal)
    {
        "client", "person", "persons", "child", "pupil", "patient", "applicant", "tenant", "resident", "customer", "subject", "individual", "claimant", "student", "member", "service", "user",
        "l", "r", "left", "right", "cust", "pt", "home", "current", "main", "primary", "contact", "legal",
    };

    private static readonly Dictionary<string, ColumnRole> ByHeader = Known.SelectMany(k => k.Headers.Distinct(), (k, h) => (h, k.Role)).ToDictionary(k => k.h, k => k.Role, StringComparer.Ordinal);

    /// <summary>The role a header alone gives, or <see cref="ColumnRole.None"/>.</summary>
    public static ColumnRole FromHeader(string header)
    {
        var words = Words(header);
        if (words.Exists(Barred.Contains))
        {
            return ColumnRole.None;
        }

        while (true)
        {
            var joined = string.Concat(words);
            if (ByHeader.TryGetValue(joined, out var role) || ByHeader.TryGetValue(joined.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'), out role))
            {
                return role;
            }

            if (words.Count > 1 && Prefixes.Contains(words[0]))
            {
                words.RemoveAt(0);
                continue;
            }

            return words.Count > 1 && words[^1] is "number" or "no" or "text" or "value" or "clean" or "raw" or "orig" or "original" && Retry(words, out role) ? role : ColumnRole.None;
        }
    }

    /// <summary>Roles for all columns of one file.</summary>
    /// <param name="headers">As in the file.</param>
    /// <param name="samples">For each column, some of its values.</param>
    public static ColumnRole[] Infer(IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> samples)
    {
        var roles = headers.Select(FromHeader).ToArray();
        for (var i = 0; i < roles.Length; i++)
        {
            if (roles[i] == ColumnRole.None && !Words(headers[i]).Exists(w => Barred.Contains(w) || w is "id" or "date" or "key" or "ref" or "uid" or "guid"))
            {
                var role = ContentInference.Role(samples[i]);
                roles[i] = role != ColumnRole.None && Array.IndexOf(roles, role) < 0 ? role : ColumnRole.None;
            }
        }

        // "name" beside a surname column is the given name; "full name" beside both says nothing new.
        var whole = Array.IndexOf(roles, ColumnRole.FullName);
        if (whole >= 0 && Array.IndexOf(roles, ColumnRole.Surname) >= 0)
        {
            roles[whole] = Array.IndexOf(roles, ColumnRole.GivenName) >= 0 ? ColumnRole.None : ColumnRole.GivenName;
        }

        return roles;
    }

    /// <summary>Columns that a reader would expect to be compared and are not, and columns of one meaning.</summary>
    /// <param name="file">What messages call the file.</param>
    /// <param name="headers">As in the file.</param>
    /// <param name="roles">What they are read as.</param>
    /// <param name="id">The column that names records; −1 for none.</param>
    /// <param name="named">Whether the caller named it.</param>
    internal static IEnumerable<string> Notes(string file, string[] headers, ColumnRole[] roles, int id, bool named)
    {
        if (!named && Array.FindIndex(headers, h => Array.IndexOf(IdHeaders, string.Concat(Words(h))) >= 0) is >= 0 and var unfit && id != unfit && (id < 0 || Rank(headers[id]) > Rank(headers[unfit])))
        {
            yield return $"{file}: the column {headers[unfit]} is named like an id, but is empty or repeats in some of the first rows; records are named by {(id < 0 ? "their row number" : headers[id])}. Name the column that is different in every row with --id.";
        }

        if (!roles.Any(r => r is not (ColumnRole.None or ColumnRole.Title or ColumnRole.Sex or ColumnRole.Town or ColumnRole.County or ColumnRole.Postcode
            or ColumnRole.Address or ColumnRole.Flat or ColumnRole.HouseNumber or ColumnRole.Street or ColumnRole.Uprn or ColumnRole.BirthPlace or ColumnRole.Occupation)))
        {
            yield return $"{file}: no column says who a person is: no name, date of birth, number, phone or email. Where somebody lives, their sex and the like do not make two records one person: expect no links.";
        }

        for (var i = 0; i < headers.Length; i++)
        {
            var words = roles[i] == ColumnRole.None && i != id ? Words(headers[i]) : [];
            if (words.Exists(w => w is "name" or "names" or "surname" or "forename" or "firstname" or "lastname" or "dob" or "birth" or "born" or "birthdate" or "birthday") && !words.Exists(Barred.Contains))
            {
                yield return $"{file}: the column {headers[i]} is named like a name or a date of birth, but is not compared. If it is the person's own, say so with --columns.";
            }
        }

        foreach (var its in headers.Zip(roles).Where(c => c.Second is not (ColumnRole.None or ColumnRole.Address or ColumnRole.Phone)).GroupBy(c => c.Second).Where(g => g.Count() > 1))
        {
            yield return $"{file}: the columns {string.Join(" and ", its.Select(c => c.First))} are all read as {its.Key}; where several are filled the last one counts. Leave columns out with --exclude.";
        }
    }

    /// <summary>The column that names records: by header, else none.</summary>
    /// <param name="headers">As in the file.</param>
    /// <param name="unique">Whether column i holds a different, non-empty value in every sampled row.</param>
    public static int RecordId(IReadOnlyList<string> headers, Func<int, bool> unique)
    {
        var best = -1;
        var rank = IdHeaders.Length + 1;
        for (var i = 0; i < headers.Count; i++)
        {
            var at = Rank(headers[i]);
            if (at < rank && unique(i))
            {
                (best, rank) = (i, at);
            }
        }

        return best;
    }

    /// <summary>How much a header sounds like that of ids: 0 most; more than there are such headers, not at all.</summary>
    private static int Rank(string header)
    {
        var words = Words(header);
        var at = Array.IndexOf(IdHeaders, string.Concat(words));
        return at >= 0 ? at : words.Count > 1 && words[^1] is "id" or "ref" && !words.Exists(Barred.Contains) ? IdHeaders.Length : IdHeaders.Length + 1;
    }

    private static bool Retry(List<string> words, out ColumnRole role) =>
        ByHeader.TryGetValue(string.Concat(words.Take(words.Count - 1)), out role);

    /// <summary>Lower-case words of a header: "DateOfBirth", "date_of_birth" and "D.O.B" alike.</summary>
    private static List<string> Words(string header)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var initials = header.Split('.').Length > 2;
        for (var i = 0; i < header.Length; i++)
        {
            var c = header[i];
            var hump = char.IsUpper(c) && i > 0 && char.IsLower(header[i - 1]);
            if ((hump || !char.IsLetterOrDigit(c)) && word.Length > 0 && !(initials && c == '.'))
            {
                words.Add(word.ToString());
                word.Clear();
            }

            if (char.IsLetterOrDigit(c))
            {
                word.Append(char.ToLowerInvariant(c));
            }
        }

        if (word.Length > 0)
        {
            words.Add(word.ToString());
        }

        return words;
    }
}
