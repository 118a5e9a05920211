namespace TfFlow.Linkage.Tests.Population;

/// <summary>Where a family's names come from; quality is printed by it, because names are where linkage treats people unequally.</summary>
public enum NameOrigin
{
    British,
    Irish,
    Pakistani,
    Indian,
    Polish,
    Nigerian,
    Somali,
    Caribbean,
    Chinese,
    Arabic,
    Romanian,
}

/// <summary>Given names and surnames by origin, commonest first; drawn with weights falling as 1/(rank+4)^0.9.</summary>
internal static class NamePools
{
    public static readonly NameOrigin[] Origins = Enum.GetValues<NameOrigin>();

    /// <summary>Share of families by origin, in the order of <see cref="Origins"/>.</summary>
    public static readonly double[] Shares = [0.60, 0.04, 0.09, 0.06, 0.06, 0.04, 0.02, 0.03, 0.02, 0.03, 0.01];

    private static readonly string[] OlderMen = Split("David John Michael Peter Paul Alan Stephen Robert Christopher Richard Andrew Anthony Brian Kenneth Ian Keith Graham Colin Kevin Derek Philip Martin Roger Raymond Geoffrey Malcolm Trevor Dennis Barry Nigel Stuart Roy Gary Neil Frank Ronald Donald George Edward William James Thomas Charles Arthur Harold Leonard Albert Ernest Norman Terence Patrick Simon Timothy Gordon Leslie Clive Gerald Bernard Maurice Stanley Douglas Eric Jeffrey Victor Howard");
    private static readonly string[] OlderWomen = Split("Susan Margaret Christine Patricia Jean Linda Carol Janet Barbara Mary Ann Elizabeth Maureen Sheila Pauline Jacqueline Sandra Julie Angela Helen Joan Dorothy Pamela Gillian Jennifer Valerie Kathleen Brenda Marion Judith Shirley Irene Joyce Doreen Lesley Hilary Beryl Rosemary Eileen Catherine Diane Wendy Denise Yvonne Theresa Lynne Marjorie Hazel Edith Doris Vera Audrey Olive Sylvia Jane Anne Heather Glenys Rita Josephine Veronica Frances Beverley Deborah Alison");
    private static readonly string[] YoungerMen = Split("Jack Oliver Thomas James Joshua Daniel Harry Samuel Joseph Matthew Callum Luke William Lewis Ryan Benjamin George Alexander Charlie Liam Jake Adam Nathan Connor Jordan Cameron Max Ethan Jamie Michael Kieran Robert Edward Henry Noah Oscar Archie Leo Freddie Theo Alfie Logan Lucas Isaac Mason Tyler Dylan Jacob Harrison Toby Finley Riley Reuben Bradley Aaron Elliot Louis Christopher Andrew David Kyle Sebastian Zachary Jayden Kayden Hayden Owen Rhys Gethin Rory Fraser Hamish Kai Frederick Nicholas Dominic");
    private static readonly string[] YoungerWomen = Split("Olivia Emily Sophie Jessica Chloe Amelia Charlotte Lauren Megan Ella Grace Lucy Hannah Ellie Mia Isabella Katie Emma Georgia Molly Abigail Holly Bethany Amy Rebecca Eleanor Poppy Ruby Evie Lily Isla Ava Freya Daisy Phoebe Sienna Erin Alice Millie Elizabeth Sarah Rachel Victoria Natasha Caitlin Jasmine Leah Paige Courtney Jodie Maisie Imogen Florence Rosie Matilda Harriet Scarlett Zara Nicole Samantha Alexandra Gemma Kirsty Eilidh Ffion Carys Cerys Niamh Summer Skye Amber Elsie Ivy Martha Beatrice Kayla Layla Lola");

    private static readonly string[][] Men =
    [
        [],
        Split("Sean Patrick Michael Liam Conor Declan Brendan Eoin Cian Darragh Aidan Kevin Niall Ciaran Fergal Padraig Ronan Donal Colm Oisin Seamus Dermot Finbar Tadhg Rory Gerard"),
        Split("Mohammed Muhammad Ali Ahmed Hassan Hussain Imran Usman Bilal Hamza Adnan Faisal Tariq Zahid Asif Kashif Nadeem Waqas Umar Ibrahim Yusuf Abdul Shahid Khalid Saqib Rizwan Haroon Zain Amir Junaid Naveed Sajid Aamir Ismail Arif"),
        Split("Amit Raj Sanjay Vijay Rahul Rohan Arjun Dev Anil Sunil Harpreet Gurpreet Jaspal Manjit Ravi Kiran Nikhil Karan Vikram Suresh Ramesh Dinesh Ashok Hardeep Jagdeep Sukhdev Balwinder Deepak Hitesh Paresh"),
        Split("Piotr Krzysztof Andrzej Tomasz Paweł Michał Marcin Grzegorz Łukasz Jakub Adam Marek Wojciech Mateusz Kamil Rafał Dariusz Szymon Filip Bartosz Jan Stanisław Zbigniew Sławomir"),
        Split("Emmanuel Samuel Daniel David Chinedu Emeka Oluwaseun Tunde Babatunde Femi Kelechi Chukwuma Ifeanyi Segun Ayodele Kunle Olumide Michael Joshua Kwame Kofi Kwabena Yaw Obinna Uchenna"),
        Split("Mohamed Abdi Ahmed Hassan Ali Abdullahi Yusuf Ibrahim Omar Abdirahman Ismail Mahad Guled Liban Warsame Farah Jama Hussein Bashir Khalid"),
        Split("Winston Leroy Delroy Errol Clive Marlon Desmond Trevor Devon Everton Jermaine Tyrone Andre Marcus Darnell Jerome Curtis Dwayne Nathaniel Elijah Isaiah Malachi Tyrell"),
        Split("Wei Jun Ming Jian Hao Yong Kai Chun Wing Ho Tsz Lok Chi Kwok David Kevin Jason Raymond Jackson Hoi"),
        Split("Mohammad Ahmad Omar Khaled Mahmoud Mustafa Yousef Ibrahim Samir Tarek Karim Bilal Nasser Hussein Abdulrahman Mehmet Mustafa Emre Can Reza Amir Hamid Farid Najib Zabihullah"),
        Split("Andrei Ionuț Alexandru Mihai Florin Cristian Bogdan Marius Adrian Gheorghe Vasile Daniel Radu Ștefan Nicolae Cătălin"),
    ];

    private static readonly string[][] Women =
    [
        [],
        Split("Aoife Siobhan Niamh Ciara Sinead Roisin Mary Bridget Orla Maeve Aisling Grainne Caoimhe Saoirse Deirdre Eimear Fionnuala Nuala Clodagh Kathleen Maura Noreen"),
        Split("Fatima Ayesha Zainab Maryam Khadija Aisha Sana Saima Nazia Shazia Rukhsana Farzana Shabana Iqra Amina Hafsa Sumaira Uzma Nasreen Samina Tahira Bushra Noreen Parveen Zahra Hira Mehwish Shaista"),
        Split("Priya Anjali Pooja Neha Sunita Anita Kavita Meena Geeta Rekha Simran Jaspreet Harpreet Manpreet Kiran Nisha Deepa Lakshmi Divya Shreya Aarti Sangeeta Parminder Kulwinder Rajinder Hema Bhavna"),
        Split("Anna Katarzyna Małgorzata Agnieszka Barbara Ewa Krystyna Magdalena Joanna Monika Zofia Aleksandra Natalia Karolina Julia Zuzanna Maja Wiktoria Dorota Beata Iwona Justyna Elżbieta Danuta"),
        Split("Grace Blessing Ngozi Chioma Folake Funmilayo Adaeze Ifeoma Yetunde Titilayo Amaka Chiamaka Oluchi Temitope Bukola Abimbola Esther Mercy Joy Abena Akosua Ama Adwoa Efua"),
        Split("Fatima Amina Halima Hodan Asha Khadija Sahra Ayaan Ifrah Fadumo Hibo Nimco Zamzam Maryan Faduma Hamdi Ikran Naima Sagal Amal"),
        Split("Marcia Sonia Beverley Sharon Yvonne Claudette Hyacinth Gloria Merlene Paulette Shanice Keisha Latoya Tanisha Shantelle Jade Aaliyah Naomi Imani Rochelle Cherise Monique"),
        Split("Mei Ling Xiu Yan Li Jing Hui Ying Wai Siu Ka Yuk Amy Michelle Grace Vivian Wing Hoi Tsz Suet"),
        Split("Fatma Aisha Maryam Layla Noor Huda Rania Salma Yasmin Zainab Hanan Samira Nadia Ayşe Zeynep Elif Shirin Leila Farida Nargis Rahima Sabah Iman"),
        Split("Maria Elena Ioana Andreea Ana Mihaela Cristina Alexandra Daniela Gabriela Simona Georgiana Roxana Ștefania Florentina Diana"),
    ];

    private static readonly string[][] Surnames =
    [
        Split("Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts Green Hall Wood Jackson Clarke Clark Hughes Edwards Turner Harris Martin Cooper Hill Ward Morris Moore Baker Harrison King Morgan Lewis Allen James Scott Phillips Watson Davis Parker Price Bennett Young Griffiths Mitchell Kelly Cook Carter Richardson Bailey Collins Bell Shaw Murphy Miller Cox Richards Khan Marshall Anderson Simpson Ellis Adams Singh Begum Wilkinson Foster Chapman Powell Webb Rogers Gray Mason Ali Hunt Hussain Campbell Matthews Owen Palmer Holmes Mills Barnes Knight Lloyd Butler Russell Barker Fisher Stevens Jenkins Murray Dixon Harvey Graham Pearson Fletcher Walsh Gibson Howard Andrews Stewart Elliott Reynolds Fox Payne Ford Day Brooks West Lawrence Cole Atkinson Bradley Spencer Dawson Watts Burton Wells Francis Rose Grant Perry Hart Booth Armstrong Hudson Hawkins Webster Carr Duncan Cunningham Hamilton Stone MacDonald McDonald O'Brien O'Neill O'Connor Lowe Nicholson Sutton Pritchard Bowen Rees Pugh Hopkins Lane Riley Arnold Barrett Wheeler Gardner Kaur Patel Hewitt Bishop Poole Sharp Hutchinson Gregory Lambert Newton Warren Hodgson Kemp Thornton Goodwin Nash Curtis Mann Gill Preston Whitehead Barton Coates Dunn Stephenson Parsons Peacock Tomlinson Chambers Bird Baxter Wallis Walton Potter"),
        Split("Murphy Kelly O'Sullivan Walsh O'Brien Byrne Ryan O'Connor O'Neill O'Reilly Doyle McCarthy Gallagher Doherty Kennedy Lynch Murray Quinn Moore McLaughlin Carroll Connolly Daly Connell Wilson Dunne Brennan Burke Collins Campbell Clarke Johnston Hughes O'Farrell Fitzgerald Brown Martin Maguire Nolan Flynn Thompson O'Callaghan O'Donnell Duffy O'Mahony Boyle Healy O'Shea White Sweeney Hayes Kavanagh Power McGrath Moran Brady Stewart Casey Foley"),
        Split("Khan Ahmed Hussain Ali Begum Akhtar Mahmood Malik Iqbal Shah Bibi Mohammed Hussein Rashid Aslam Ashraf Saleem Butt Mirza Chaudhry Qureshi Siddiqui Rehman Raza Anwar Nawaz Javed Sheikh Bhatti Miah Uddin Islam Choudhury Rahman Khatun Haque"),
        Split("Patel Singh Kaur Shah Sharma Kumar Gill Sandhu Mistry Desai Mehta Joshi Dhillon Grewal Bains Sidhu Chauhan Solanki Parmar Gupta Verma Reddy Nair Iyer Rao Dhaliwal Johal Virk Mann Bhatt Thakkar Vyas"),
        Split("Nowak Kowalski Kowalska Wiśniewski Wiśniewska Wójcik Kowalczyk Kamiński Kamińska Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski Jankowski Mazur Wojciechowski Kwiatkowski Krawczyk Kaczmarek Piotrowski Grabowski Zając Pawłowski Michalski Król Wieczorek Jabłoński Wróbel"),
        Split("Okafor Adeyemi Okonkwo Eze Adebayo Okoro Obi Nwosu Ogunleye Balogun Adeleke Oyelaran Mensah Owusu Boateng Asante Osei Appiah Agyeman Amoah Oladipo Afolabi Akinola Chukwu Ibrahim Bello Nwachukwu Onyekachi Danso Ofori"),
        Split("Mohamed Ali Hassan Ahmed Abdi Yusuf Warsame Farah Hussein Omar Jama Osman Ibrahim Nur Adan Aden Abdullahi Ismail Elmi Duale"),
        Split("Brown Williams Campbell Johnson Thompson Clarke Francis Morgan Stewart Henry Grant Bailey Gordon Reid Powell Samuels Charles Joseph Pierre Richards Edwards Lewis Morrison Wright Daley Bryan Blake Facey"),
        Split("Chan Wong Li Chen Wang Lee Zhang Liu Cheung Lam Ng Yeung Ho Lau Leung Tang Huang Lin Wu Tsang Yip Chow Kwok Fung"),
        Split("Al-Hassan Ibrahim Hassan Ahmadi Rahimi Hosseini Mohammadi Karimi Al-Ali Saleh Mansour Khalil Haddad Nasser El-Sayed Yilmaz Demir Kaya Ozturk Aydin Sahin Noori Sultani Amiri Barzani Aziz Kareem"),
        Split("Popa Popescu Ionescu Stan Dumitru Stoica Gheorghe Rusu Munteanu Matei Constantin Marin Șerban Ciobanu Florea Vasile Radu Tudor Dinu Țurcan"),
    ];

    private static readonly string[] Starts = Split("Ash Hart Hather Bram Thorn Wins Hal Brad Black Whit Green Red Stan Shel Hem Hol Lang Lock Mid Nor Os Pem Rad Raw Ruther Sed Sum Swin Tat Thur Wake Wal War Wether Wood Wyn Ald Arm Bar Bick Blen Bos Brough Buck Cal Carl Chad Clay Cop Craw Dal Den Dun Ed El Ep Fair Far Fen Gar Gar Gold Had Ham Har Haw Hen Hors Kem Ken Kirk Lam Led Lin Lud Mar Mel Mort Nether Nun Oak Par Pick Pres Ros Salt Sel Skel Stam Stret Tar Tun Up Wad West Wil Yar Yel");
    private static readonly string[] Ends = Split("worth ley ton field well wood brook ford ham by shaw den bury croft man more stead gate ridge combe dale land wick thorpe hurst bourne side hill cott ard son ing lock house water mere cliffe");

    private static string[] Split(string names) => names.Split(' ');

    public static string Given(Random random, NameOrigin origin, bool woman, bool young, bool narrow)
    {
        var pool = origin == NameOrigin.British
            ? woman ? young ? YoungerWomen : OlderWomen : young ? YoungerMen : OlderMen
            : (woman ? Women : Men)[(int)origin];
        return Draw(random, pool, narrow ? 25 : pool.Length);
    }

    public static string Surname(Random random, NameOrigin origin, bool narrow)
    {
        var pool = Surnames[(int)origin];
        if (origin == NameOrigin.British && !narrow && random.NextDouble() < 0.5)
        {
            // The long tail: half of a British population bears a surname outside the commonest few hundred.
            return OfPlace(random);
        }

        return Draw(random, pool, narrow ? 40 : pool.Length);
    }

    /// <summary>A village's name, as many surnames and streets are.</summary>
    public static string OfPlace(Random random) => Starts[random.Next(Starts.Length)] + Ends[random.Next(Ends.Length)];

    private static string Draw(Random random, string[] pool, int limit)
    {
        // Inverse of the continuous distribution with density 1/(x+4)^0.9 on [0, n).
        var n = Math.Min(limit, pool.Length);
        var low = Math.Pow(4, 0.1);
        var high = Math.Pow(n + 4, 0.1);
        var x = Math.Pow(low + (random.NextDouble() * (high - low)), 10) - 4;
        return pool[Math.Clamp((int)x, 0, n - 1)];
    }
}
