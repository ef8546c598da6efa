package dev.callbus.servicenow;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.callbus.bus.Sensitive;
import dev.callbus.servicenow.ServiceNowProtocol.FindCustomer;
import dev.callbus.servicenow.table.TableStub;
import dev.callbus.servicenow.table.TableStub.Harm;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who calls. */
class CustomersTest {
    @TempDir
    Path directory;

    private ServiceNowRig rig;
    private TableStub stub;

    @BeforeEach
    void start() throws Exception {
        rig = new ServiceNowRig(directory.resolve("outbox"));
        stub = rig.stub;
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    @Test
    void findsTheCallerByTheNumberOfTheLine() throws Exception {
        stub.add("incident", "caller_id", rig.abel, "state", "2");
        stub.add("incident", "caller_id", rig.abel, "state", "6");
        stub.add("incident", "caller_id", rig.beth, "state", "1");
        assertThat(phone("+15550001111")).singleElement().satisfies(abel -> {
            assertThat(abel.sysId()).isEqualTo(rig.abel);
            assertThat(abel.firstName()).isEqualTo("Abel");
            assertThat(abel.name()).isEqualTo("Abel Tuter");
            assertThat(abel.openTickets()).isEqualTo(1);
            assertThat(abel.contacts()).extracting(Contact::kind).containsExactly("mobile", "business");
            assertThat(abel.contacts().getFirst().number().reveal()).isEqualTo("+15550001111");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "+61467123456|0061 467 123 456",
                "+15550001100|+1 555-000-1100 ext. 12",
                "+15550001500|555-000-1500 x204",
                "+15550001722|tel: 555 000 1722 (desk)",
                "+61467123456|+61 467-123-456",
                "+33612345678|+33 6 12 34 56 78",
                "+442079460958|+44 (0)20 7946 0958",
                "+4930123456|+49 30/123456",
                "+15550001111|5550001111",
                "+15550001111|(555) 000.1111",
                "+15550001111|1-555-000-1111"
            })
    void findsNumbersHoweverTheyAreWritten(String caller, String written) throws Exception {
        stub.table("sys_user").clear();
        stub.add("sys_user", "name", "X Y", "home_phone", written, "active", "true");
        assertThat(phone(caller)).hasSize(1);
    }

    @Test
    void aNumberWithAnExtensionIsNoContactSinceOthersAnswerIt() throws Exception {
        stub.add("sys_user", "name", "X Y", "phone", "555-000-1500 x204", "active", "true");
        assertThat(phone("+15550001500"))
                .singleElement()
                .satisfies(found -> assertThat(found.contacts()).isEmpty());
    }

    @Test
    void severalPeopleOfOneNumberAreAllTold() throws Exception {
        stub.add("sys_user", "name", "X Y", "phone", "555-000-1111", "active", "true");
        assertThat(phone("+15550001111")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "anonymous",
                "Restricted",
                "+266696687",
                "+7378742833",
                "1234567",
                "^ORactive=true",
                "+1555000111^ORx=y"
            })
    void s9WithheldAndShortNumbersAreNobodysAndAskNobody(String number) throws Exception {
        stub.add("sys_user", "name", "No Phone", "mobile_phone", "", "phone", "", "active", "true");
        assertThat(phone(number)).isEmpty();
        assertThat(stub.seen).isEmpty();
    }

    @Test
    void aNumberThatOnlyEndsAlikeIsAnothers() throws Exception {
        assertThat(phone("+12120001111")).isEmpty();
        assertThat(stub.count("GET", "sys_user")).isEqualTo(1);
    }

    @Test
    void inactiveAndLockedOutUsersAreNobody() throws Exception {
        stub.record("sys_user", rig.abel).put("locked_out", "true");
        assertThat(phone("+15550001111")).isEmpty();
        stub.record("sys_user", rig.beth).put("active", "false");
        assertThat(phone("+493012345678")).isEmpty();
    }

    @Test
    void s8AWidenedResultIsNobody() throws Exception {
        stub.fail("GET", "sys_user", 1, Harm.STATUS, 200, """
                {"result":[{"sys_id":{"value":"%s"},"phone":{"value":"555.000.2222"},"active":{"value":"true"},\
                "email":{"value":"abel.tuter@example.com"}}]}""".formatted(rig.abel));
        assertThat(find(ServiceNowProtocol.Key.EMAIL, "x@example.com")).isEmpty();
    }

    @Test
    void findsByEmailAndEmployeeNumber() throws Exception {
        assertThat(find(ServiceNowProtocol.Key.EMAIL, "abel.tuter@EXAMPLE.com")).hasSize(1);
        assertThat(find(ServiceNowProtocol.Key.EMPLOYEE_NUMBER, "e-17")).hasSize(1);
        assertThat(find(ServiceNowProtocol.Key.EMAIL, "tuter@example.com")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a@b^ORactive=true", "@", "a b@c", "null"})
    void s8ValuesThatAreNoneAskNobody(String value) throws Exception {
        assertThat(find(ServiceNowProtocol.Key.EMAIL, value)).isEmpty();
        assertThat(find(ServiceNowProtocol.Key.EMPLOYEE_NUMBER, value)).isEmpty();
        assertThat(stub.seen).isEmpty();
    }

    private List<Customer> phone(String number) throws TimeoutException {
        return find(ServiceNowProtocol.Key.PHONE, number);
    }

    private List<Customer> find(ServiceNowProtocol.Key key, String value) throws TimeoutException {
        return ServiceNowBus.FIND_CUSTOMER
                .send(rig.vertx, new FindCustomer(key, new Sensitive(value)))
                .await(10, SECONDS)
                .customers();
    }
}
