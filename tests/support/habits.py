"""Answers for the habit drill: one with far more than five fillers a minute, and one with none."""

HESITANT = (
    "|0.5 um we had, um, a plan that, um, nobody wanted, um, and so I, um, asked them all what"
    " they, um, would do in my place, um, and, um, they told me in, um, a long meeting, um, that it"
    " was the roster, um, that they did not like, um, and nothing else, um, so we wrote it again."
)
CALM = (
    "|0.5 The ward had two nurses at night and nobody knew who would come at which hour of it. |0.6"
    " People rang for nothing, because they were afraid that later on there might be no one. |0.6"
    " I asked each nurse for the worst hour and moved the rounds there, one by one, over a month."
    " |0.6 By spring the calls had fallen from nine to four, and two other wards took up our plan."
    " |0.6 What I would do otherwise today is to ask the patients first, since they had known all"
    " along which hours frightened them, and no sheet of paper had ever shown us that at all."
)
