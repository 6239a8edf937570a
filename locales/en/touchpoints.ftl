### What people say beside the items: single questions, complaints, open answers.

touchpoint-complaint-rate = Complaint rate
