package dev.callbus.llm.dialog.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jpk@bespoken.io | jpk@bespoken.io",
                "My email is Jane.Doe+IT@Example.COM. | jane.doe+it@example.com",
                "it's j.p.k@example.com | j.p.k@example.com",
                "one.two@three.org | one.two@three.org",
                "at.home@example.com | at.home@example.com",
                "contact jane@example.com please | jane@example.com",
                "john dot smith@example.com | john.smith@example.com",
                "j p k@bespoken.io | jpk@bespoken.io",
            })
    void readsTypedAddresses(String said, String means) {
        assertThat(email(said)).isEqualTo(means);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "j p k at bespoken dot i o | jpk@bespoken.io",
                "J P K at bespoken dot IO. | jpk@bespoken.io",
                "jay pee kay at bespoken dot i o | jpk@bespoken.io",
                "john dot smith at example dot com | john.smith@example.com",
                "john underscore smith ninety nine at gmail dot com | john_smith99@gmail.com",
                "j as in john p as in peter k at example dot com | jpk@example.com",
                "a b as in boy c for charlie at example dot com | abc@example.com",
                "double u i l l at example dot com | will@example.com",
                "a double n a at example dot com | anna@example.com",
                "mary dash ann at my hyphen company dot org | mary-ann@my-company.org",
                "sam at example dot co dot uk | sam@example.co.uk",
                "sam at example dot c o dot u k | sam@example.co.uk",
                "sam at sign example period com | sam@example.com",
                "sam at example point com | sam@example.com",
                "sam at gmail.com | sam@gmail.com",
                "sam the at symbol gmail dot com | sam@gmail.com",
                "um it's uh r o s a um at example dot com thank you | rosa@example.com",
                "r, o, s, a, at, example, dot, com | rosa@example.com",
                "R. O. S. A. at example. Com. | rosa@example.com",
                "tango oscar mike at example dot net | tom@example.net",
                "mike at example dot net | mike@example.net",
                "s m i t h smith at example dot com | smith@example.com",
                "peter nineteen eighty four at example dot com | peter1984@example.com",
                "agent double oh seven at example dot com | agent007@example.com",
                "all lowercase tim the number four at example dot com | tim4@example.com",
                "josé punto garcía arroba example punto es | jose.garcia@example.es",
                "maria guion bajo lopez arroba example punto com | maria_lopez@example.com",
            })
    void readsSpelledAddresses(String said, String means) {
        assertThat(email(said)).isEqualTo(means);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "neha at the rate yahoo dot co dot in | neha@yahoo.co.in",
                "arun at the rate of acme dot com | arun@acme.com",
                "suresh at rate gmail dot com | suresh@gmail.com",
                "joe at rate dot com | joe@rate.com",
            })
    void readsTheAtSignByItsIndianName(String said, String means) {
        assertThat(email(said)).isEqualTo(means);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "ann with an e at example dot com | ann@example.com",
                "marc with a c dot hill at example dot com | marc.hill@example.com",
                "philip with one l at example dot com | philip@example.com",
                "phill with two l's at example dot com | phill@example.com",
                "sara without an h at example dot com | sara@example.com",
                "eric with a c at the end at example dot com | eric@example.com",
                "all in small letters joe at example dot com | joe@example.com",
                "small j o e at example dot com | joe@example.com",
                "joe miller all together no dots at example dot com | joemiller@example.com",
                "joe followed by a dot then miller at example dot com | joe.miller@example.com",
                "joe and the number seven at example dot com | joe7@example.com",
                "gary at example that's e x a m p l e dot com | gary@example.com",
                "x as in x-ray o at example dot com | xo@example.com",
                "x for x ray o at example dot com | xo@example.com",
                "pat apostrophe s at example dot com | pat's@example.com",
                "joe that's j o e dot miller that's m i l l e r at example dot com | joe.miller@example.com",
                "joe at g-mail dot com | joe@gmail.com",
                "joe at gee mail dot com | joe@gmail.com",
                "joe at my-site dot com | joe@my-site.com",
            })
    void leavesOutWhatIsSaidAboutTheSpelling(String said, String means) {
        assertThat(email(said)).isEqualTo(means);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "my email is sam at example dot com | sam@example.com",
                "yes that would be sam at example dot com please | sam@example.com",
                "no, use sam@example.com instead | sam@example.com",
                "no use s a m at example dot com instead | sam@example.com",
                "can you look it up for sam at example dot com | sam@example.com",
                "you can reach me at sam at example dot com | sam@example.com",
                "sam at example dot com no sorry pam at example dot com | pam@example.com",
                "use sam@example.com not pam@example.com | sam@example.com",
                "not pam@example.com but sam@example.com | sam@example.com",
                "use sam@example.com instead of pam@example.com | sam@example.com",
                "yeah my email's sam at example dot com | sam@example.com",
                "i am sam at example dot com | sam@example.com",
                "i believe sam at example dot com | sam@example.com",
                "of course sam at example dot com | sam@example.com",
                "let me spell that for you s a m at example dot com | sam@example.com",
                "my registered mail id sam at example dot com | sam@example.com",
            })
    void readsThemInASentence(String said, String means) {
        assertThat(email(said)).isEqualTo(means);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I am at the office",
                "look at this dot com thing",
                "at dot com",
                "@",
                "a@",
                "@example.com",
                "I work at home",
                "my printer is at the end of the hall",
                "at at at dot dot dot",
                ""
            })
    void readsNothingElse(String said) {
        assertThat(Emails.find(said, true)).isEmpty();
    }

    @Test
    void fillsInAProviderOnlyWhileAnAddressIsAskedFor() {
        assertThat(Emails.find("john dot smith at gmail", true))
                .hasValueSatisfying(found -> assertThat(found.value()).isEqualTo("john.smith@gmail.com"));
        assertThat(Emails.find("john dot smith at gmail", false)).isEmpty();
    }

    private static String email(String said) {
        return Emails.find(said, true).map(Found::value).orElse("nothing");
    }
}
