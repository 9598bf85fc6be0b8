## The code that proves a telephone number.

kind-sms-sent = text message with code sent
kind-sms-given-up = text message with code not sent
kind-sms-confirmed = number confirmed by code
kind-sms-code-refused = code refused

sms-title = Confirm your number
sms-lead = Calls and messages count as permitted only once it is certain that the number is yours. The e-mail address does not show that.
sms-consents = This is what you confirm
sms-channels = Confirmed by the code: { $channels }
sms-send = Send a code to { $number }
sms-send-again = Send a new code to { $number }
sms-send-about = We send a text message with six digits. They work for ten minutes. One number gets at most three a day.
sms-again-about = No message? Please wait a minute. A new code ends the one before.
sms-code = Code from the text message
sms-code-hint = Six digits that work for ten minutes
sms-confirm = Confirm the number
sms-on-its-way = If the number is right, the message arrives soon.
sms-wrong = This code is not right or works no more. After five wrong attempts or ten minutes you need a new one.
sms-unreadable = Please enter the six digits from the text message.
sms-enough = This number got three codes today. Please try again tomorrow.
sms-later = We can't send a code just now. Please try again in an hour.
sms-nothing = There is nothing left to confirm for this number.
sms-done = Your number is confirmed
sms-done-about = Your consent now holds for this number too. You can withdraw it at any time, for example with the link in each of our e-mails.
sms-preferences = Your settings: withdraw, object, change data
sms-step = One more step for calls and messages
sms-step-how = We may call you or send you a text message only once you confirm your number { $number } with a code. Without a code the other ways stay as they are.
sms-writing = For calls and messages to your number your confirmation in writing is still missing. Until then we neither call you nor send messages on this consent; the other ways hold.
sms-begin = Confirm the number
sms-enough-contact = You have asked for several codes today. Please try again tomorrow.
sms-tomorrow = We can't send any more codes today. Please try again tomorrow.
sms-not-sent = The text message could not be sent to this number. Please check the number, or ask for a new code.
sms-step-enough = We may call you or send a text message only once you confirm your number with a code. You have begun that several times today; tomorrow it works again. Until then the other ways stand.
sms-cap-day = No more text messages with codes go out today: the limit of 200 in 24 hours is reached. Whoever wants to confirm a telephone number has to wait. Check whether somebody abuses your form.
sms-cap-hour = No text messages with codes go out at the moment: the limit of 60 in an hour is reached. Check whether somebody abuses your form.
