package dev.callbus;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.callbus.bus.Protocol;
import dev.callbus.time.LoopTime;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/** The rules of the house, where a compiler doesn't hold them. */
@AnalyzeClasses(packages = "dev.callbus", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {

    @ArchTest
    static final ArchRule onlyThePackageBusTouchesTheBus = noClasses()
            .that()
            .resideOutsideOfPackage("dev.callbus.bus..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(EventBus.class);

    @ArchTest
    static final ArchRule theBusKnowsNobody = noClasses()
            .that()
            .resideInAPackage("dev.callbus.bus..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.callbus..")
                    .and(resideInAPackage("dev.callbus.bus..").negate()));

    @ArchTest
    static final ArchRule theCallCoreIsPure = classes()
            .that()
            .resideInAPackage("dev.callbus.call")
            .and()
            .haveNameNotMatching(".*\\.(CallVerticle|CallSupervisor|WrapUp|CallBus)(\\$.*)?")
            .should()
            .onlyDependOnClassesThat(resideInAPackage("java..")
                    .or(resideInAPackage("org.jspecify.."))
                    .or(resideInAPackage("dev.callbus.call"))
                    .or(isData()));

    @ArchTest
    static final ArchRule theCallCoreHasNoClock = noClasses()
            .that()
            .resideInAPackage("dev.callbus.call")
            .and()
            .haveNameNotMatching(".*\\.(CallVerticle|CallSupervisor)(\\$.*)?")
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(LoopTime.class);

    @ArchTest
    static final ArchRule channelsDoNotKnowTheInsideOfACall = noClasses()
            .that()
            .resideInAPackage("dev.callbus.channel..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("dev\\.callbus\\.call\\.(Call|CallVerticle|CallSupervisor|CallInput|CallEffect)");

    @ArchTest
    static final ArchRule importsRunDownhill = noClasses()
            .that()
            .resideInAnyPackage("dev.callbus.call..", "dev.callbus.tool..", "dev.callbus.asset..", "dev.callbus.llm..")
            .or()
            .resideInAnyPackage("dev.callbus.twilio..", "dev.callbus.config..", "dev.callbus.bus..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.callbus", "dev.callbus.channel..", "dev.callbus.console..");

    @ArchTest
    static final ArchRule servicesDoNotKnowCallsOrTools = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.callbus.llm..",
                    "dev.callbus.asset..",
                    "dev.callbus.twilio..",
                    "dev.callbus.servicenow..",
                    "dev.callbus.verify..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.callbus.call..", "dev.callbus.tool..");

    @ArchTest
    static final ArchRule toolsDoNotKnowCalls = noClasses()
            .that()
            .resideInAPackage("dev.callbus.tool..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.callbus.call..");

    @ArchTest
    static final ArchRule theSandboxStandsApart = noClasses()
            .that()
            .resideInAPackage("dev.callbus.sandbox..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.callbus..")
                    .and(resideOutsideOfPackages("dev.callbus.sandbox..", "dev.callbus.time")));

    @ArchTest
    static final ArchRule nothingButTheCommandLineKnowsTheSandbox = noClasses()
            .that()
            .resideInAPackage("dev.callbus.*..")
            .and()
            .resideOutsideOfPackages("dev.callbus.sandbox..", "dev.callbus.scenario..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.callbus.sandbox..");

    @ArchTest
    static final ArchRule timeKnowsNobody = noClasses()
            .that()
            .resideInAPackage("dev.callbus.time..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.callbus..").and(resideOutsideOfPackage("dev.callbus.time..")));

    @ArchTest
    static final ArchRule onlyTheCommandLineKnowsScenarios = noClasses()
            .that()
            .resideInAPackage("dev.callbus.*..")
            .and()
            .resideOutsideOfPackage("dev.callbus.scenario..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.callbus.scenario..");

    @ArchTest
    static final ArchRule scenariosAreHandedTheirServer = noClasses()
            .that()
            .resideInAPackage("dev.callbus.scenario..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.callbus");

    @ArchTest
    static final ArchRule conversationsHaveTheTimeOfTheirLoop = noClasses()
            .that()
            .resideInAPackage("dev.callbus.*..")
            .and()
            .resideOutsideOfPackages("dev.callbus.time..", "dev.callbus.bench..", "dev.callbus.scenario")
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(java.time.InstantSource.class, "system")
            .orShould()
            .callMethod(java.time.Clock.class, "systemUTC")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Thread.class, "sleep", java.time.Duration.class)
            .orShould()
            .callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.callbus.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesOfModelsHaveNoCycles =
            slices().matching("dev.callbus.llm.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule messagesAreValues =
            classes().that().areAssignableTo(Protocol.class).should(new HoldOnlyValues());

    @ArchTest
    static final ArchRule onlyTheOperatorsKeyboardIsTrusted = noClasses()
            .that()
            .doNotBelongToAnyOf(ShellCommand.class, TrustingLookup.class)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(TrustingLookup.class);

    @ArchTest
    static final ArchRule nobodyServesWithTheShell = noClasses()
            .that()
            .doNotBelongToAnyOf(ShellCommand.class, Main.class)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ShellCommand.class);

    @ArchTest
    static final ArchRule nobodyPrintsStackTraces = noClasses()
            .should()
            .callMethod(Throwable.class, "printStackTrace")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace", java.io.PrintWriter.class);

    /** Records, enums and interfaces of other packages: data, without behaviour of its own. */
    private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> isData() {
        return com.tngtech.archunit.base.DescribedPredicate.describe(
                "data of the project",
                type -> type.getPackageName().startsWith("dev.callbus.")
                        && (type.isRecord() || type.isEnum() || type.isInterface()));
    }

    /** Whether a message has no mutable or vendor types in it. */
    private static final class HoldOnlyValues extends ArchCondition<JavaClass> {
        private static final Set<String> REFUSED =
                Set.of(JsonObject.class.getName(), JsonArray.class.getName(), Buffer.class.getName());

        HoldOnlyValues() {
            super("be records of values or sealed interfaces");
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            if (!type.isInterface() && !type.isRecord()) {
                events.add(SimpleConditionEvent.violated(type, type.getName() + " is no record"));
            }
            for (JavaField field : type.getFields()) {
                var raw = field.getRawType();
                if (raw.isArray() || REFUSED.contains(raw.getName())) {
                    events.add(SimpleConditionEvent.violated(field, field.getFullName() + " is no value"));
                }
            }
        }
    }
}
