package dev.callbus.llm.dialog.understanding;

/** What the agent asked for last, which decides how a short answer is taken. */
public enum Asked {
    EMAIL,
    EMPLOYEE_NUMBER,
    PHONE_NUMBER,
    PRIORITY,
    YES_NO,
    TICKET_NUMBER,
    CHOICE,
    CODE,
    DATE,
    FREE_TEXT
}
